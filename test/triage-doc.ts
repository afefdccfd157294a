import { basename } from 'node:path'
import { rank } from '../src/core/assessment.ts'
import { guardNames, type Rule, type RuleSet } from '../src/triage/ruleset.ts'

/** `docs/triage.md` as it should stand; `topicOf` says what a rule file is about. */
export function triageDoc({ rules }: RuleSet, topicOf: (file: string) => string): string {
  const files = [...new Set(rules.map(({ file }) => file))]
  return [
    '# What triage looks for',
    '',
    'Written from `content/triage` by `UPDATE_DOCS=1 npx vitest run test/docs.test.ts`: do not edit.',
    '',
    'A message gets the worst level of the rules that fire on it. *Emergency*: a body in danger now. *Crisis*: suicide, self-harm, abuse, a child at risk, harm to others, not under way this minute. *Urgent*: a clinician today. *Sensitive*: wants privacy. Nothing firing is *routine*; what cannot be read is *unknown*, never routine. A later message does not take an alarm back.',
    '',
    'Examples are people’s words, and run as tests: each fires its rule, and beside **quiet** stands what must not. **Held back by** names what keeps a rule quiet about words that match, each only within its own clause or sentence: *negation* ("no chest pain"), *question* about a condition in general, *past* (longer ago than the days given), *idiom*, *media* (films, games, code). `salus triage --why "…"` shows it for any message.',
    '',
    ...files.flatMap((file) => {
      const own = rules.filter((rule) => rule.file === file).sort((a, b) => rank(a.level) - rank(b.level))
      return [
        `## ${topicOf(file)}`,
        '',
        `\`${file}\``,
        '',
        '| Level | Rule | Fires on | Held back by | Quiet on | Source |',
        '|---|---|---|---|---|---|',
        ...own.map(row),
        '',
      ]
    }),
  ].join('\n')
}

/** What a rule file is about: the comment at its head, else its name. */
export function topicIn(file: string, content: string): string {
  const lines = content.split('\n')
  const head = lines.slice(
    0,
    lines.findIndex((line) => !line.startsWith('#')),
  )
  const comment = head.map((line) => line.slice(1).trim()).join(' ')
  const name = basename(file, '.yaml')
  return comment.replace(/\.$/, '') || name.charAt(0).toUpperCase() + name.slice(1)
}

const shownExamples = 2

function row(rule: Rule): string {
  const examples = (lines: Rule['fires']) =>
    lines
      .slice(0, shownExamples)
      .map(({ text }) => `“${cell(text)}”`)
      .join('<br>')
  const about = rule.about === 'other' ? ' (about somebody else)' : ''
  return `| ${rule.level} | ${rule.id}${about}: ${rule.concerns.map(words).join(', ')} | ${examples(rule.fires)} | ${heldBy(rule)} | ${examples(rule.quiet)} | ${sourceOf(rule)} |`
}

function heldBy(rule: Rule): string {
  const guards = guardNames.filter((name) => !rule.deaf.includes(name) && name !== 'past')
  const { days, level } = rule.past
  const past =
    rule.deaf.includes('past') || days === Number.POSITIVE_INFINITY
      ? 'never past'
      : `past after ${days} ${days === 1 ? 'day' : 'days'}${level ? `, then ${level}` : ''}`
  return [
    ...guards,
    past,
    ...(rule.unless.length > 0
      ? [rule.unless.length === 1 ? 'a wording of its own' : `${rule.unless.length} wordings of its own`]
      : []),
    ...(rule.alone === undefined ? [] : [`more than ${rule.alone} other words`]),
    ...(rule.after.length > 0 ? [`unless ${rule.after.map(words).join(' or ')} came before`] : []),
  ].join(', ')
}

function sourceOf({ source }: Rule): string {
  return 'none' in source
    ? `none: ${cell(source.none)}`
    : `[${cell(`${source.publisher}, ${source.title}`)}](${source.url})`
}

function words(concern: string): string {
  return concern.replaceAll('_', ' ')
}

/** Text that stays within its cell, and is text. */
function cell(text: string): string {
  return text.replaceAll('\\n', ' / ').replace(/[|<>[\]*_`]/g, (sign) => `\\${sign}`)
}
