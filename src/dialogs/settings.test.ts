import { describe, expect, it } from 'vitest'
import { countryCode } from './settings.ts'

describe('naming a country', () => {
  it.each([
    ['Kenya', 'KE'],
    ['ke', 'KE'],
    ['the uk', 'GB'],
    ['England', 'GB'],
    ["I'm in Spain", 'ES'],
    ['España', 'ES'],
    ['usa!', 'US'],
    ['the Netherlands', 'NL'],
    ['india', 'IN'],
    ['Germany', 'DE'],
    ['Vietnam', 'VN'],
    ['Alemania', 'DE'],
  ])('%s is %s', (said, code) => {
    expect(countryCode(said, ['en', 'es'])).toBe(code)
  })

  it.each(['', 'narnia', 'i do not want to say', 'my chest hurts'])('"%s" is none', (said) => {
    expect(countryCode(said, ['en', 'es'])).toBeUndefined()
  })
})
