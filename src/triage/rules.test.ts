import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { isAlarm, type TriageContext } from '../core/assessment.ts'
import { loadTriage } from './load.ts'
import { readRuleFile } from './rule-file.ts'

const { assess, why, ruleset } = loadTriage(fileURLToPath(new URL('../../content/triage', import.meta.url)))

/** "first message >> second": earlier messages are assessed first and become the context of the last. */
function assessExample(example: string) {
  const messages = example.replaceAll('\\n', '\n').split(' >> ')
  let context: TriageContext = { now: 1_000_000, recent: [], fragments: [] }
  for (const text of messages.slice(0, -1)) {
    const { level, concerns } = assess(text, context)
    context = {
      now: context.now + 20_000,
      recent:
        level === 'routine' ? context.recent : [{ at: context.now, level, concerns }, ...context.recent],
      fragments: [...context.fragments, text],
    }
  }
  return assess(messages.at(-1) as string, context)
}

describe('every rule of content/triage', () => {
  it.each(ruleset.rules.map((rule) => [rule.id, rule] as const))(
    '%s fires on its examples and only there',
    (_, rule) => {
      for (const example of rule.fires) {
        const { signals } = assessExample(example.text)
        const at = `${example.file}:${example.line}`
        expect([at, signals.map((signal) => signal.rule)]).toEqual([at, expect.arrayContaining([rule.id])])
      }
      for (const example of rule.quiet) {
        const { signals, level } = assessExample(example.text)
        const own = signals.filter((signal) => signal.rule === rule.id && signal.level === rule.level)
        expect([`${example.file}:${example.line}`, own, isAlarm(level)]).toEqual([
          `${example.file}:${example.line}`,
          [],
          false,
        ])
      }
    },
  )

  it('has an id of its own, and examples of both kinds', () => {
    expect(new Set(ruleset.rules.map((rule) => rule.id)).size).toBe(ruleset.rules.length)
    for (const rule of ruleset.rules) {
      expect(rule.fires.length).toBeGreaterThan(0)
      expect(rule.quiet.length).toBeGreaterThan(0)
    }
  })

  it('cites the page that holds it, by its address', () => {
    expect(ruleset.rules.filter(({ source }) => 'none' in source).map((rule) => rule.id)).toEqual([])
    const addresses = ruleset.rules.flatMap(({ source }) => ('none' in source ? [] : [source.url]))
    expect(addresses.filter((url) => !/^https?:\/\//.test(url))).toEqual([])
  })

  it('says so, and why, where no page was found', () => {
    const file =
      'sources:\n  s: none | no page was found\nrules:\n  - id: a\n    level: urgent\n    concerns: [heart]\n    when: hurts\n    source: s\n    fires: hurts\n'
    const [rule] = readRuleFile('a.yaml', file).rules
    expect(rule?.source).toEqual({ none: 'no page was found' })
  })

  it('explains itself: the words, the source, and what a guard held back', () => {
    const found = why('took 20 paracetamol yesterday, no chest pain')
    expect(found.fired.map((each) => each.rule)).toContain('poison.overdose')
    expect(found.fired[0]?.source).toContain('https://')
    expect(found.held).toContainEqual({ rule: 'heart.chest-pain', guard: 'negation', words: 'chest pain' })
  })
})
