import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { redact } from '../redact.ts'
import { isHelpline } from './helpline-numbers.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'content', 'helplines')

/** Every text under a key that holds a number to reach somebody by. */
function* numbersIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    for (const one of value) yield* numbersIn(one)
  } else if (value && typeof value === 'object') {
    for (const [key, one] of Object.entries(value)) {
      if (!/^(?:phone|text|whatsapp|sms|numbers?)$/.test(key)) yield* numbersIn(one)
      else for (const number of [one].flat()) if (typeof number === 'string') yield number
    }
  }
}

describe('numbers of helplines', () => {
  const numbers = readdirSync(folder).flatMap((file) =>
    file.endsWith('.yaml') ? [...numbersIn(parse(readFileSync(join(folder, file), 'utf8')))] : [],
  )

  it('are read from the files that hold them', () => expect(numbers.length).toBeGreaterThan(100))

  it('are never masked: a person must find them again in what is kept', () => {
    const masked = numbers.filter((number) =>
      [`call ${number} now`, `they gave me ${number}`, `llama al ${number} ya`].some(
        (text) => redact(text).spans.length > 0,
      ),
    )
    expect(masked).toEqual([])
  })

  it('do not shelter a person who is called from a helpline', () => {
    expect(isHelpline('07700 900461', 'the samaritans rang my number ')).toBe(false)
    expect(redact('0808 2000 247 did not answer, ring me on 07700 900461').text).toBe(
      '0808 2000 247 did not answer, ring me on [PHONE]',
    )
  })
})
