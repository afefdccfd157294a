import { join } from 'node:path'
import type { Workspace } from '../../core/workspace.ts'
import { loadFirstSteps } from '../../dialogs/first-steps.ts'
import { loadPhrases } from '../../dialogs/phrases.ts'
import { loadUnreadTexts } from '../../dialogs/unread-texts.ts'
import { reviewStatus } from '../../knowledge/approve.ts'
import { gate } from '../../knowledge/gate.ts'
import { loadKnowledge } from '../../knowledge/load.ts'
import { loadTriage } from '../../triage/load.ts'
import { explain } from '../exit.ts'
import { type Check, findings } from './check.ts'

const { ok, warn, fail } = findings('content')
const soonMs = 30 * 24 * 60 * 60_000

/** Rules, phrases and articles: do they load, and what may be answered from? */
export async function checkContent(
  contentDir: string,
  workspace: Workspace | undefined,
  now: number,
): Promise<readonly Check[]> {
  const parts = await Promise.all([
    loads('Triage rules', async () => {
      const { ruleset } = loadTriage(join(contentDir, 'triage'))
      return `${ruleset.rules.length} rules, version ${ruleset.hash}`
    }),
    loads('Phrases', async () => (await loadPhrases(join(contentDir, 'phrases'))).locales.join(', ')),
    loads('First steps', async () => {
      await loadFirstSteps(join(contentDir, 'first-steps'))
      return 'loaded'
    }),
    loads('Texts for what cannot be read', async () => {
      const texts = await loadUnreadTexts(join(contentDir, 'unread', 'texts.yaml'))
      return `${texts.size} languages`
    }),
    checkArticles(contentDir, workspace, now),
  ])
  return parts.flat()
}

async function loads(what: string, load: () => Promise<string>): Promise<readonly Check[]> {
  try {
    return [ok(`${what}: ${await load()}.`)]
  } catch (error) {
    return [fail(`${what} cannot be read: ${explain(error).line}`, 'Mend the file named there.')]
  }
}

async function checkArticles(contentDir: string, workspace: Workspace | undefined, now: number) {
  let knowledge: Awaited<ReturnType<typeof loadKnowledge>>
  try {
    knowledge = await loadKnowledge(contentDir)
  } catch (error) {
    return [fail(`Articles cannot be read: ${explain(error).line}`, 'Mend the file named there.')]
  }
  const { articles, approvals } = knowledge
  const today = new Date(now).toISOString().slice(0, 10)
  const soon = new Date(now + soonMs).toISOString().slice(0, 10)
  const expired = articles.filter((article) => article.reviewDue < today)
  const due = articles.filter((article) => article.reviewDue >= today && article.reviewDue <= soon)
  const reviewed = articles.filter((article) => reviewStatus(article, approvals, now).kind === 'reviewed')
  const checks: Check[] = [
    ok(`${articles.length} articles, ${reviewed.length} of them reviewed by a clinician.`),
  ]
  if (articles.length === 0)
    checks.push(fail('There are no articles.', 'Set SALUS_CONTENT_DIR to the content folder.'))
  if (expired.length > 0) {
    checks.push(
      warn(
        `${expired.length} articles are past their review date and are not answered from: ${names(expired)}.`,
        'Read them against their sources, then move reviewDue.',
      ),
    )
  }
  if (due.length > 0) checks.push(warn(`${due.length} articles fall due within 30 days: ${names(due)}.`))
  if (workspace?.mode === 'production' && approvals.fixture) {
    checks.push(fail('approvals.yaml holds approvals made for tests.', 'Use approvals of named reviewers.'))
  }
  if (workspace && articles.every((article) => gate(article, approvals, workspace, now).kind !== 'open')) {
    checks.push(
      fail(
        'No article may be answered from: none is reviewed, and nobody accepted unreviewed ones.',
        'Have a clinician read them ("salus content approve"), or record a named acceptance with "salus setup".',
      ),
    )
  }
  return checks
}

function names(articles: readonly { readonly id: string }[]): string {
  const shown = articles.slice(0, 5).map((article) => article.id)
  return articles.length > 5 ? `${shown.join(', ')} …` : shown.join(', ')
}
