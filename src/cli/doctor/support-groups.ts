import { join } from 'node:path'
import { knownTopics } from '../../content.ts'
import type { Workspace } from '../../core/workspace.ts'
import { loadSupportGroups, type SupportGroups } from '../../dialogs/support-groups.ts'
import { loadArticles } from '../../knowledge/load.ts'
import { explain } from '../exit.ts'
import { type Check, findings } from './check.ts'

const { ok, warn, fail } = findings('content')

/** Support groups: can they be read, are there any for the country, and is each channel for a topic that there is? */
export async function checkSupportGroups(
  contentDir: string,
  workspace: Workspace | undefined,
): Promise<readonly Check[]> {
  let groups: SupportGroups
  try {
    // What is wrong with an article is said elsewhere; its topic stands in the catalogue.
    const articles = await loadArticles(join(contentDir, 'articles')).catch(() => [])
    const known = await knownTopics(contentDir, { articles })
    groups = await loadSupportGroups(join(contentDir, 'support-groups'), known)
  } catch (error) {
    return [fail(`Support groups cannot be read: ${explain(error).line}`, 'Mend the file named there.')]
  }
  const { all, topics } = groups
  const near = all.filter(({ country }) => country === workspace?.country)
  const none = workspace !== undefined && near.length === 0
  const lost = (workspace?.communityChannels ?? []).filter(({ topic }) => !topics.named(topic))
  return [
    none
      ? warn(
          `No support group is known for ${workspace.country}; those of many countries are offered.`,
          `Write content/support-groups/${workspace.country}.yaml.`,
        )
      : ok(`${all.length} support groups.`),
    ...lost.map(({ topic, name }) =>
      warn(
        `The channel ${name} is for "${topic}", which is no topic: nobody is led there.`,
        'In communityChannels name a topic of content/catalogue.yaml or content/support-groups/topics.yaml.',
      ),
    ),
  ]
}
