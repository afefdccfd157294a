import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { fillUnread } from './unread.ts'
import { loadUnreadTexts } from './unread-texts.ts'

const texts = await loadUnreadTexts(
  fileURLToPath(new URL('../../content/unread/texts.yaml', import.meta.url)),
)
const crisisLine = { name: 'Linea Verde', said: 'call 116 123, open now', phone: '116 123' }

describe('fixed texts for what could not be read', () => {
  it.each([...texts.keys()].filter((locale) => locale !== 'en'))(
    '%s speaks its own language throughout',
    (locale) => {
      const text = texts.get(locale)
      if (!text) throw new Error('no text')
      const nowhere = fillUnread(text, {
        number: undefined,
        country: { code: 'ZZ', named: false },
        line: undefined,
      })
      const somewhere = fillUnread(text, {
        number: '112',
        country: { code: 'ES', named: false },
        line: crisisLine,
      })
      for (const filled of [nowhere, somewhere]) {
        expect(filled).not.toMatch(/[{}]/)
        expect(filled).not.toMatch(/\b(your|local emergency number|crisis line near|call|open)\b/)
      }
      expect(nowhere).toContain(text.localEmergency)
      expect(nowhere).toContain(text.localLine)
      expect(somewhere).toMatch(/112/)
      expect(somewhere).toContain('Linea Verde (116 123)')
    },
  )

  it('gives the number alone where the person named the country', () => {
    const text = texts.get('de')
    if (!text) throw new Error('no text')
    const filled = fillUnread(text, { number: '112', country: { code: 'DE', named: true }, line: undefined })
    expect(filled).toContain('Rufen Sie jetzt an: 112.')
    expect(filled).not.toContain(text.localEmergency)
  })

  it('names the country in the language of the text when it was assumed', () => {
    const text = texts.get('ja')
    if (!text) throw new Error('no text')
    const filled = fillUnread(text, { number: '911', country: { code: 'US', named: false }, line: undefined })
    expect(filled).toContain('アメリカ')
  })
})
