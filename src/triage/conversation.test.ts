import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type Level, rank, type TriageContext } from '../core/assessment.ts'
import { loadTriage } from './load.ts'

const { assess, hash } = loadTriage(fileURLToPath(new URL('../../content/triage', import.meta.url)))
const minute = 60_000

/** Says messages one after another, `[minutes since the first, words]`, as accept does; the level of each. */
function levelsOf(said: readonly (readonly [number, string])[]): Level[] {
  let recent: TriageContext['recent'] = []
  const earlier: { at: number; text: string }[] = []
  return said.map(([minutes, text]) => {
    const now = 1_000_000 + minutes * minute
    const fragments = earlier.filter(({ at }) => now - at <= 5 * minute).map((each) => each.text)
    const { level, concerns, ruleset } = assess(text, { now, recent, fragments })
    expect(ruleset).toBe(hash)
    if (level !== 'routine') recent = [{ at: now, level, concerns }, ...recent].slice(0, 8)
    earlier.push({ at: now, text })
    return level
  })
}
const last = (said: readonly (readonly [number, string])[]) => levelsOf(said).at(-1) as Level

describe('danger over a conversation', () => {
  it('"i have the pills" is what it is after words of despair, and a matter of pills without', () => {
    expect(
      rank(
        last([
          [0, 'i cant do this anymore'],
          [1, 'i have the pills'],
        ]),
      ),
    ).toBeLessThanOrEqual(rank('crisis'))
    expect(
      last([
        [0, 'i want to die'],
        [60, 'i have the pills'],
      ]),
    ).toBe('crisis')
    expect(
      last([
        [0, 'when does the pharmacy open?'],
        [1, 'i have the pills'],
      ]),
    ).toBe('routine')
  })

  it.each(['lol jk', 'just kidding', 'nvm forget it', "i'm fine now"])('"%s" takes nothing back', (words) => {
    for (const minutes of [1, 20, 24 * 60])
      expect(
        rank(
          last([
            [0, 'i want to kill myself'],
            [minutes, words],
          ]),
        ),
      ).toBeLessThanOrEqual(rank('crisis'))
    expect(
      last([
        [0, 'i took 30 paracetamol'],
        [2, words],
      ]),
    ).toBe('emergency')
    expect(
      last([
        [0, 'what are your opening hours?'],
        [1, words],
      ]),
    ).not.toBe('crisis')
  })

  it('ordinary words after an alarm stay under watch for half an hour, then are ordinary', () => {
    const alarm = [0, 'i want to kill myself'] as const
    const calm = 'what time do you open on monday?'
    expect(last([alarm, [10, calm]])).toBe('sensitive')
    expect(last([alarm, [29, calm]])).toBe('sensitive')
    expect(last([alarm, [31, calm]])).toBe('routine')
  })

  it('an emergency taken back is an emergency for half an hour and a crisis after', () => {
    const alarm = [0, 'i took 30 paracetamol'] as const
    expect(last([alarm, [29, 'just kidding']])).toBe('emergency')
    expect(last([alarm, [45, 'just kidding']])).toBe('crisis')
  })

  it('after 72 hours a withdrawal stands alone', () => {
    const hours = (count: number) =>
      last([
        [0, 'i want to kill myself'],
        [count * 60, 'just kidding'],
      ])
    expect(hours(71)).toBe('crisis')
    expect(hours(73)).toBe('routine')
  })

  it('a worse message is judged by its own words whatever came before', () => {
    expect(
      levelsOf([
        [0, 'i want to die'],
        [1, 'i swallowed all of them'],
      ]).at(-1),
    ).toBe('emergency')
    expect(
      levelsOf([
        [0, 'is ibuprofen ok with food?'],
        [1, 'she is not breathing'],
      ]),
    ).toEqual(['routine', 'emergency'])
  })
})
