import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadPhrases } from './phrases.ts'

const content = join(import.meta.dirname, '../../content')
const phrases = await loadPhrases(join(content, 'phrases'))
const spoken = phrases.locales.flatMap((locale) =>
  phrases.keys(locale).map((key) => ({
    key,
    text: phrases.list(locale, key).join(' ') || phrases.say(locale, key, anything()),
  })),
)
const steps = readdirSync(join(content, 'first-steps')).map((name) => ({
  key: name,
  text: readFileSync(join(content, 'first-steps', name), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('    - "'))
    .join('\n'),
}))
const all = [...spoken, ...steps]
const found = (pattern: RegExp) => all.filter(({ text }) => pattern.test(text)).map(({ key }) => key)

describe('safe wording, over everything Salus says', () => {
  it('promises no help that is not there', () => {
    expect(found(/help is (on (the|its) way|coming)|ambulance is|someone (is coming|will come)/i)).toEqual([])
  })

  it('tells nobody under age to tell their parents', () => {
    expect(found(/(tell|ask|talk to) your (parents?|mum|mom|mother|dad|father)|a tus padres/i)).toEqual([])
  })

  it('keeps to safe messaging: no "committed", "successful" or "failed", no means, no amounts', () => {
    expect(found(/committ?(ed)? suicide|(successful|failed|completed) (suicide|attempt)/i)).toEqual([])
    const crisis = spoken.filter(({ key }) => /^crisis\.(self_harm|lethal|silence|check_back)/.test(key))
    expect(crisis.length).toBeGreaterThan(20)
    const means = /\b(pills?|tablets?|rope|knife|gun|bridge|razor|blade|noose|\d+ ?(mg|g|tablets))\b/i
    expect(crisis.filter(({ text }) => means.test(text)).map(({ key }) => key)).toEqual([])
  })

  it('gives no couple advice and never says "just leave"', () => {
    expect(found(/just leave|leave (him|her)|couples? (therapy|counsel)|work on your relationship/i)).toEqual(
      [],
    )
  })

  it('accuses nobody who fears to harm someone', () => {
    const words = spoken.filter(({ key }) => /^crisis\.(harm_to_others|child_risk)/.test(key))
    expect(words.filter(({ text }) => /shame|monster|wrong with you|police|arrest/i.test(text))).toEqual([])
  })
})

function anything(): Record<string, string> {
  return new Proxy({} as Record<string, string>, {
    get: (_target, name) => (['count', 'days', 'caseDays'].includes(String(name)) ? 2 : 'x') as string,
    has: () => true,
  })
}
