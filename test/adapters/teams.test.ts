import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wordsOf } from './teams-double.ts'
import { openTeamsSite, type TeamsSite } from './teams-site.ts'

let site: TeamsSite
beforeAll(async () => {
  site = await openTeamsSite()
})
afterAll(() => site.close())

describe('in a personal chat', () => {
  test('a question is answered with its sources', async () => {
    const ana = site.person('ana')
    await ana.say('What helps a migraine?')
    const answer = await site.double.seen(
      (one) => /migraine/i.test(wordsOf(one)) && /Sourced/.test(wordsOf(one)),
    )
    expect(answer.conversation).toBe(ana.chat)
  })
})
