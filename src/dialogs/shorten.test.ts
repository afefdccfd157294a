import { describe, expect, it } from 'vitest'
import type { Answer } from '../core/answer.ts'
import type { TurnContext } from '../core/turn.ts'
import type { DialogKit } from './kit.ts'
import { mayShorten, shortened } from './shorten.ts'

const now = Date.UTC(2026, 2, 2)
const calm = {
  now,
  triage: { level: 'routine', concerns: [], signals: [] },
  contact: { minor: false, recent: [] },
} as unknown as TurnContext
const answer = { kind: 'grounded', title: 'Teal fever' } as unknown as Extract<Answer, { kind: 'grounded' }>
const kit = { shorten: async () => ({ ...answer, shortened: true }) } as unknown as DialogKit

describe('whether a model may choose the words', () => {
  it('for an ordinary question of somebody about whom nothing is known', async () => {
    expect(mayShorten(calm)).toBe(true)
    expect((await shortened(kit, calm, 'q', answer)).shortened).toBe(true)
  })

  it('never without a model', async () => {
    expect(await shortened({} as DialogKit, calm, 'q', answer)).toBe(answer)
  })

  const with_ = (change: object) => ({ ...calm, ...change }) as TurnContext
  it.each([
    ...['emergency', 'crisis', 'urgent', 'unknown', 'sensitive'].map(
      (level) => [level, with_({ triage: { ...calm.triage, level } })] as const,
    ),
    [
      'a signal carried from before',
      with_({ triage: { ...calm.triage, signals: [{ level: 'crisis', carried: true }] } }),
    ],
    ['an open case', with_({ openCase: {} })],
    ['a child', with_({ contact: { ...calm.contact, minor: true } })],
    ['a sign of self-harm, whenever', with_({ contact: { ...calm.contact, selfHarmAt: 1 } })],
    ['abuse', with_({ contact: { ...calm.contact, abuseAt: 1 } })],
    ['a loss', with_({ contact: { ...calm.contact, lossAt: 1 } })],
    ['an eating disorder', with_({ contact: { ...calm.contact, eatingAt: 1 } })],
    [
      'an urgent matter yesterday',
      with_({
        contact: { ...calm.contact, recent: [{ at: now - 86_400_000, level: 'urgent', concerns: [] }] },
      }),
    ],
  ] as const)('never beside %s', async (_, turn) => {
    expect(mayShorten(turn)).toBe(false)
    expect(await shortened(kit, turn, 'q', answer)).toBe(answer)
  })

  it.each(['personal', 'withheld'] as const)('never a %s answer', async (kind) => {
    const given = { ...answer, [kind]: true }
    expect(await shortened(kit, calm, 'q', given)).toBe(given)
  })
})
