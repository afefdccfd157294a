import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWorld, type World } from './world.ts'

describe('crisis dialogs, beside what the transcripts show', () => {
  let world: World
  beforeEach(async () => {
    world = await createWorld()
  })
  afterEach(() => world.close())

  const reply = async (text: string) => {
    world.said()
    await world.type(text)
    return world.said().join('\n')
  }
  const later = async (minutes: number) => {
    world.said()
    await world.wait(minutes * 60_000)
    return world.said().join('\n')
  }

  it('any word ends the silence that would bring emergency words', async () => {
    await world.type('i want to die')
    await world.type('yes')
    await world.wait(2 * 60_000)
    await world.type('i am talking to my sister')
    expect(await later(20)).not.toContain("You haven't answered")
    expect((await world.openCase())?.level).toBe('crisis')
  })

  it('a person who took over judges the silence, also after they closed the case', async () => {
    await world.type('i want to die')
    await world.type('yes')
    await world.act({ kind: 'claim' })
    await world.act({ kind: 'resolve' })
    expect(await later(10)).toBe('')
    expect(await world.openCase()).toBeUndefined()
  })

  it('"never mind" after chest pain does not end it as it ends questions', async () => {
    await world.type('i have crushing chest pain and my arm is numb')
    expect(await reply('never mind')).toMatch(/999/)
    expect((await world.openCase())?.level).toBe('emergency')
  })

  it('a second unclear answer is taken as the safer one', async () => {
    await world.type('i want to die')
    await world.type('no')
    expect(await reply('maybe')).toContain('Call your local emergency number now')
    expect((await world.openCase())?.level).toBe('emergency')
  })

  it('after a sign of abuse nothing is sent first: no check-back is offered, silence says nothing', async () => {
    await world.type('my husband hits me and i want to kill myself')
    await world.type('yes')
    expect(await later(30)).toBe('')
    expect((await world.openCase())?.level).toBe('emergency')
    expect(await reply('no')).not.toContain('tomorrow')
  })

  it('pages of one account come at most every 15 minutes, and the owner line once per rise', async () => {
    await world.type('i want to kill myself')
    await world.act({ kind: 'claim' })
    await world.act({ kind: 'reply', text: 'I am with you.' })
    world.alerts()
    await world.wait(20 * 60_000)
    const said: string[] = []
    for (let n = 0; n < 5; n++) said.push(await reply('i want to kill myself'))
    expect(said.filter((text) => text.includes('Automatic safety message'))).toHaveLength(1)
    expect(said.filter((text) => text.includes('I have alerted the volunteer'))).toHaveLength(1)
    expect(world.alerts()).toHaveLength(1)
  })

  it('"I have alerted" is not said while nobody was', async () => {
    await world.close()
    world = await createWorld({ staffAfterTries: 1_000 })
    await world.type('i want to kill myself')
    await world.act({ kind: 'claim' })
    world.clock.advance(20 * 60_000)
    const text = await reply('i just took all my pills')
    expect(text).toContain('Automatic safety message')
    expect(text).not.toContain('I have alerted')
  })

  it('numbers about weight are left out from the first sign of an eating disorder on', async () => {
    await world.type('i make myself throw up after every meal')
    for (const question of ['how can i lose weight', 'what bmi should i have', 'how many calories a day']) {
      expect(await reply(question)).not.toMatch(/\d+ ?(kg|kcal|calories|minutes)|BMI of/i)
    }
  })

  it('a loss holds messages at once, and a misreading takes that back', async () => {
    const held = async () => {
      const [contact] = await world.state.store.contacts((await world.state.store.workspaces())[0]!.id)
      const all = (await world.state.store.exportContact(contact!)) as { contact?: { loss_at?: unknown } }
      return JSON.stringify(all)
    }
    expect(await reply('i had a miscarriage yesterday')).toContain("I've stopped the pregnancy messages")
    const before = await held()
    expect(await reply('you misread me')).toContain('nothing is stopped')
    expect(await held()).not.toBe(before)
  })

  it('a question about a loss is answered, and what is feared is not mourned', async () => {
    expect(await reply('am i having a miscarriage?')).not.toContain("I'm so sorry")
  })
})
