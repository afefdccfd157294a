import { join } from 'node:path'
import { type FirstSteps, loadFirstSteps } from './dialogs/first-steps.ts'
import { type Helplines, loadHelplines } from './dialogs/helplines.ts'
import { loadPhrases, type Phrases } from './dialogs/phrases.ts'
import { loadSupportGroups, type SupportGroups } from './dialogs/support-groups.ts'
import type { KnownTopic } from './dialogs/support-topics.ts'
import { loadUnreadTexts, type UnreadTexts } from './dialogs/unread-texts.ts'
import { loadCatalogue } from './knowledge/catalogue.ts'
import { type Knowledge, loadKnowledge } from './knowledge/load.ts'
import { loadTriage, type Triage } from './triage/load.ts'

/** All that Salus speaks and judges from: a folder, read whole. */
export interface Content {
  readonly phrases: Phrases
  readonly helplines: Helplines
  readonly firstSteps: FirstSteps
  readonly unread: UnreadTexts
  readonly supportGroups: SupportGroups
  readonly triage: Triage
  readonly knowledge: Knowledge
}

/** Reads a content folder. Throws `CONTENT_INVALID` as `file:line: what is wrong`. */
export async function loadContent(contentDir: string): Promise<Content> {
  const [phrases, helplines, firstSteps, unread, knowledge] = await Promise.all([
    loadPhrases(join(contentDir, 'phrases')),
    loadHelplines(join(contentDir, 'helplines')),
    loadFirstSteps(join(contentDir, 'first-steps')),
    loadUnreadTexts(join(contentDir, 'unread', 'texts.yaml')),
    loadKnowledge(contentDir),
  ])
  return {
    phrases,
    helplines,
    firstSteps,
    unread,
    supportGroups: await loadSupportGroups(
      join(contentDir, 'support-groups'),
      await knownTopics(contentDir, knowledge),
    ),
    triage: loadTriage(join(contentDir, 'triage')),
    knowledge,
  }
}

/** What support groups may be about: every topic of the catalogue, by the names that the catalogue and the articles give it. */
export async function knownTopics(
  contentDir: string,
  { articles }: Pick<Knowledge, 'articles'>,
): Promise<readonly KnownTopic[]> {
  const catalogue = await loadCatalogue(join(contentDir, 'catalogue.yaml'))
  return [
    ...catalogue,
    ...articles.map(({ id, title, area, synonyms }) => ({ id, title, area, names: synonyms })),
  ]
}
