import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stretchesOf } from './stretches.ts'

describe('stretches', () => {
  test('signs are marked, details hidden, the rest as written', () => {
    const text = 'Maria wants to die'
    expect(stretchesOf(text, [[6, 18]], [{ start: 0, end: 5, type: 'NAME' }])).toEqual([
      { kind: 'hidden', text: 'NAME' },
      { kind: 'plain', text: ' ' },
      { kind: 'sign', text: 'wants to die' },
    ])
  })

  test('a detail within a sign is hidden once, and the sign goes on around it', () => {
    expect(stretchesOf('mum Ana fell', [[0, 12]], [{ start: 4, end: 7, type: 'NAME' }])).toEqual([
      { kind: 'sign', text: 'mum ' },
      { kind: 'hidden', text: 'NAME' },
      { kind: 'sign', text: ' fell' },
    ])
  })

  test('nothing of a hidden detail is shown, and nothing else is lost, wherever signs and details lie', () => {
    const at = fc.nat(30)
    const span = fc.tuple(at, at).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
    fc.assert(
      fc.property(
        fc.string({ minLength: 30, maxLength: 30 }),
        fc.array(span),
        span,
        (text, signs, [start, end]) => {
          const hidden = start < end ? [{ start, end, type: 'NAME' as const }] : []
          const shown = stretchesOf(text, signs, hidden)
          const seen = shown.flatMap(({ kind, text: part }) => (kind === 'hidden' ? [] : [part])).join('')
          expect(seen).toBe(hidden.length > 0 ? text.slice(0, start) + text.slice(end) : text)
          expect(shown.filter(({ kind }) => kind === 'hidden')).toHaveLength(hidden.length)
        },
      ),
      { seed: 1 },
    )
  })
})
