import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadPhrases } from './phrases.ts'

const dir = join(import.meta.dirname, '../../content/phrases')

describe('content/phrases', () => {
  it('has every key that a dialog says, in English', async () => {
    const phrases = await loadPhrases(dir)
    const said = readdirSync(import.meta.dirname)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .flatMap((name) => [
        ...readFileSync(join(import.meta.dirname, name), 'utf8').matchAll(
          /'((?:general|answer|commands|crisis|handoff|others)\.[a-z_.]+)'/g,
        ),
      ])
      .map((match) => match[1] ?? '')
    expect(said.length).toBeGreaterThan(60)
    expect(said.filter((key) => !phrases.has('en', key))).toEqual([])
  })

  it('formats every phrase with the values it names', async () => {
    const phrases = await loadPhrases(dir)
    for (const locale of phrases.locales) {
      for (const key of phrases.keys(locale)) {
        const values = new Proxy({} as Record<string, string | number>, {
          get: (_target, name) => (['count', 'days', 'caseDays'].includes(String(name)) ? 2 : 'x'),
          has: () => true,
        })
        expect(phrases.say(locale, key, values), `${locale} ${key}`).not.toMatch(/\{|\}|undefined/)
      }
    }
  })

  it('fills what a locked screen may preview with nothing that tells', async () => {
    const phrases = await loadPhrases(dir)
    for (const locale of phrases.locales) {
      expect(phrases.say(locale, 'general.neutral_preview').length).toBeGreaterThanOrEqual(80)
    }
  })

  it('falls back from a region to its language and from a language to English', async () => {
    const phrases = await loadPhrases(dir)
    expect(phrases.say('en-GB', 'general.neutral_preview')).toMatch(/^A reply from Salus/)
    expect(phrases.say('xx', 'general.neutral_preview')).toMatch(/^A reply from Salus/)
    expect(() => phrases.say('en', 'general.nothing_such')).toThrow(/no phrase/)
  })
})
