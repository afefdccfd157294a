import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../core/errors.ts'
import { type Finding, fromError, LineFinder } from '../knowledge/finding.ts'
import { loadSupportGroups, type SupportGroup, type SupportGroups } from './support-groups.ts'
import type { KnownTopic } from './support-topics.ts'

/** A page read longer ago may lead nowhere by now, days. */
const staleAfterDays = 730
/** What a group offers stands in one line of a list. */
const offersAtMost = 160
const phone = /\d[\d ()-]{5,}\d/
const sells = /\b(buy|shop|price|discount|subscribe|premium|donate|\d+ ?(euros?|dollars?|pounds?))\b|[£$€]/i

/** Checks the support groups of a content folder; none = all is well. `now` is epoch ms. */
export async function lintSupportGroups(
  dir: string,
  known: readonly KnownTopic[],
  now: number,
): Promise<readonly Finding[]> {
  let groups: SupportGroups
  try {
    groups = await loadSupportGroups(dir, known)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const file = /^(.*?):\d+: /.exec(error.message)?.[1] ?? dir
    return [fromError(file, error)]
  }
  const findings: Finding[] = []
  for (const country of new Set(groups.all.map((group) => group.country))) {
    const file = join(dir, country === '*' ? 'international.yaml' : `${country}.yaml`)
    const content = await readFile(file, 'utf8').catch(() => undefined)
    if (content === undefined) {
      findings.push({ file, line: 1, check: 'support-file', what: `groups of "${country}" belong here` })
      continue
    }
    const lines = new LineFinder(content)
    for (const group of groups.all.filter((one) => one.country === country)) {
      const line = lines.of(`- id: ${group.id}`)
      for (const [check, what] of wrongWith(group, now)) findings.push({ file, line, check, what })
    }
  }
  return findings
}

function wrongWith(group: SupportGroup, now: number): readonly (readonly [check: string, what: string])[] {
  const { offers, audience, join: how = '', source } = group
  const said = `${offers} ${audience} ${how}`
  const age = (now - Date.parse(source.read)) / 86_400_000
  return [
    ...(age > staleAfterDays ? [['support-stale', `was read on ${source.read}`] as const] : []),
    ...(offers.length > offersAtMost || !/^[^.!?]+\.$/.test(offers)
      ? [['support-offers', `"offers" is one sentence of at most ${offersAtMost} characters`] as const]
      : []),
    ...(phone.test(said) ? [['number-to-ring', 'numbers to ring belong to content/helplines'] as const] : []),
    ...(sells.test(said) ? [['support-sells', 'no group that sells something'] as const] : []),
  ]
}
