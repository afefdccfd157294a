import { describe, expect, it } from 'vitest'
import { interleave } from './interleave.ts'

describe('candidates timed by turns', () => {
  it('each answers every item, and who goes first changes', async () => {
    const asked: string[] = []
    const candidates = ['a', 'b'].map((name) => ({
      name,
      run: async (item: number) => void asked.push(`${name}${item}`),
    }))
    const times = await interleave(candidates, [1, 2, 3], { warmUp: 0, budgetMs: 10_000 })
    expect(asked).toEqual(['a1', 'b1', 'b2', 'a2', 'a3', 'b3'])
    expect(times.get('a')?.count).toBe(3)
  })

  it('a candidate that used up its time drops out and says how many it did', async () => {
    const candidates = [
      { name: 'slow', run: () => new Promise((done) => setTimeout(done, 5)) },
      { name: 'fast', run: async () => undefined },
    ]
    const times = await interleave(candidates, [1, 2, 3, 4], { warmUp: 0, budgetMs: 1 })
    expect(times.get('slow')?.count).toBe(1)
    expect(times.get('fast')?.count).toBe(4)
  })
})
