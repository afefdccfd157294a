import { describe, expect, test } from 'vitest'
import type { CaseItem } from '../../server/wire.ts'
import { answerClock } from './answer-clock.ts'
import { changed, filtered, searched } from './inbox-order.ts'

const item = (id: string, change: Partial<CaseItem> = {}): CaseItem => ({
  id,
  pseudonym: `Teal ${id}`,
  level: 'routine',
  topic: 'asked_for_person',
  status: 'waiting',
  openedAt: 0,
  answerBy: 60_000,
  waitingSince: 0,
  ...change,
})
const ids = (cases: readonly CaseItem[]) => cases.map(({ id }) => id)

describe('the order of the inbox', () => {
  test('worst first, then whoever waits longest, wherever a change comes in', () => {
    const before = [item('a', { level: 'urgent', openedAt: 5 }), item('b', { openedAt: 1 })]
    const after = changed(before, {
      cases: [
        item('c', { level: 'urgent', openedAt: 2 }),
        item('d', { level: 'emergency', openedAt: 9 }),
        item('b', { level: 'crisis', openedAt: 1 }),
      ],
      gone: ['x'],
    })
    expect(ids(after)).toEqual(['d', 'b', 'c', 'a'])
    expect(ids(changed(after, { cases: [], gone: ['c'] }))).toEqual(['d', 'b', 'a'])
  })

  test('mine and unowned', () => {
    const cases = [
      item('a', { owner: { id: 'me', name: 'Me' } }),
      item('b', { owner: { id: 'you', name: 'You' } }),
      item('c'),
    ]
    expect(ids(filtered(cases, 'mine', 'me'))).toEqual(['a'])
    expect(ids(filtered(cases, 'unowned', 'me'))).toEqual(['c'])
    expect(ids(filtered(cases, 'all', 'me'))).toEqual(['a', 'b', 'c'])
  })

  test('a search takes every word, in pseudonym, topic or tag, without accents or case', () => {
    const cases = [item('Heron', { tags: ['Café'] }), item('Otter', { topic: 'self_harm' })]
    expect(ids(searched(cases, 'heron CAFE'))).toEqual(['Heron'])
    expect(ids(searched(cases, 'suicide'))).toEqual(['Otter'])
    expect(ids(searched(cases, 'heron suicide'))).toEqual([])
    expect(ids(searched(cases, '  '))).toEqual(['Heron', 'Otter'])
  })
})

describe('the clock of an answer', () => {
  test('counts down to the second, then up', () => {
    expect(answerClock(item('a', { answerBy: 65_000 }), 0)).toMatchObject({ kind: 'running', said: '1:05' })
    expect(answerClock(item('a', { answerBy: 4 * 3_600_000 }), 0)).toMatchObject({ said: '4 h 0 min' })
    expect(answerClock(item('a', { answerBy: 0 }), 61_000)).toMatchObject({ kind: 'late', said: '1:01' })
  })

  test('runs while claimed and unanswered; not once answered, put off or closed', () => {
    expect(answerClock(item('a', { status: 'claimed' }), 0).kind).toBe('running')
    const { waitingSince: _, ...answered } = item('a', { status: 'claimed', answeredAt: 5 })
    expect(answerClock(answered, 10).kind).toBe('none')
    for (const status of ['snoozed', 'resolved'] as const)
      expect(answerClock(item('a', { status }), 99_000).kind).toBe('none')
  })
})
