import { join } from 'node:path'
import type { Workspace } from '../../core/workspace.ts'
import { loadHelplines } from '../../dialogs/helplines.ts'
import { explain } from '../exit.ts'
import { type Check, findings } from './check.ts'

const { ok, warn, fail } = findings('helplines')
/** A number that nobody checked for so long may be wrong when it is needed, days (safety rules, "In an emergency"). */
export const helplineHoldsDays = 180

/** Numbers: is the organisation's country there, and was each checked recently enough? */
export async function checkHelplines(
  contentDir: string,
  workspace: Workspace | undefined,
  now: number,
): Promise<readonly Check[]> {
  let helplines: Awaited<ReturnType<typeof loadHelplines>>
  try {
    helplines = await loadHelplines(join(contentDir, 'helplines'))
  } catch (error) {
    return [fail(`Helplines cannot be read: ${explain(error).line}`, 'Mend the file named there.')]
  }
  const oldest = new Date(now - helplineHoldsDays * 24 * 60 * 60_000).toISOString().slice(0, 10)
  const stale = [...helplines.countries.values()].flatMap(({ country, emergency, lines }) => [
    ...(emergency.checked < oldest ? [{ country, line: 'emergency' }] : []),
    ...lines.filter((line) => line.checked < oldest).map((line) => ({ country, line: line.id })),
  ])
  const checks: Check[] = []
  const here = workspace && helplines.countries.get(workspace.country)
  if (workspace && !here) {
    checks.push(
      fail(
        `There is no helpline file for ${workspace.country}.`,
        `Write content/helplines/${workspace.country}.yaml.`,
      ),
    )
  } else if (here?.lines.every((line) => line.kind !== 'crisis')) {
    checks.push(
      warn(
        `No crisis line is known for ${here.country}.`,
        `Add one to content/helplines/${here.country}.yaml.`,
      ),
    )
  }
  if (stale.length === 0) {
    checks.push(
      ok(`${helplines.countries.size} countries, every number checked within ${helplineHoldsDays} days.`),
    )
    return checks
  }
  const ours = stale.filter(({ country }) => country === workspace?.country)
  const named = (ours.length > 0 ? ours : stale).slice(0, 5).map(({ country, line }) => `${country} ${line}`)
  checks.push(
    fail(
      `${stale.length} numbers were not checked for ${helplineHoldsDays} days: ${named.join(', ')}${stale.length > named.length ? ' …' : ''}.`,
      'Look each up at its source, then set its "checked" date.',
    ),
  )
  return checks
}
