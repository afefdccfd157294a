import { expect, test } from 'vitest'
import { paced } from './pace.ts'

test('no second holds more than fifty calls, wherever it begins', async () => {
  let now = 990
  const sent: number[] = []
  let waited = 0
  const call = paced(
    () => now,
    async (ms) => {
      waited = ms
    },
    async () => {
      sent.push(now + waited)
      waited = 0
      return undefined as never
    },
  )
  for (let n = 0; n < 30; n++) await call('', {})
  now = 1_020
  for (let n = 0; n < 130; n++) await call('', {})
  expect(sent).toHaveLength(160)
  for (const from of sent)
    expect(sent.filter((at) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(50)
  // Nor slower than need be: what was asked first goes at once.
  expect(sent.slice(0, 50).every((at) => at <= 1_020)).toBe(true)
})
