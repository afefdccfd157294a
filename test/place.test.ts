import { afterEach, describe, expect, it } from 'vitest'
import type { ChannelCapabilities } from '../src/core/ports.ts'
import type { Claim } from '../src/core/records.ts'
import { createLastResort } from '../src/last-resort.ts'
import { localWorkspace } from '../src/open-state.ts'
import type { RoomAct } from './room-adapter.ts'
import { createWorld, type World } from './world.ts'

let world: World
const open = async (room: Partial<ChannelCapabilities> = {}) => {
  world = await createWorld({ room })
}
afterEach(() => world.close())

const writes = async (...given: Parameters<World['room']['writes']>) => {
  await world.room.writes(...given)
  await world.app.settle()
  return world.room.acts()
}
const does = async (...given: Parameters<World['room']['does']>) => {
  await world.room.does(...given)
  await world.app.settle()
  return world.room.acts()
}
const inRoom = (acts: readonly RoomAct[]) =>
  acts.filter(({ place }) => place === 'room').map(({ text }) => text)
const direct = (acts: readonly RoomAct[]) =>
  acts
    .filter(({ place }) => place === 'direct')
    .map(({ text }) => text)
    .join('\n')
/** The person has met Salus already: no introduction is mixed in. */
const met = async () => {
  await writes('hello', { surface: 'direct' })
}

const neutral = "I'm answering you privately."

describe('a crisis in a shared place', () => {
  it('goes on where only they read, and staff see the words that led there', async () => {
    await open()
    await writes('i want to die')
    const [one] = await world.state.store.cases(localWorkspace, { status: ['waiting'] })
    if (!one) throw new Error('no case')
    const lines = await world.state.store.transcript(one.conversation)
    expect(lines[0]).toMatchObject({ from: 'contact', text: 'i want to die' })
    expect(lines.filter(({ text }) => text === 'i want to die')).toHaveLength(1)
  })
})

describe('the answer to a private question, written where others read', () => {
  const question = 'Have you done something to hurt yourself'

  it('is taken there: the next question comes in private, and the place hears nothing more', async () => {
    await open()
    await met()
    expect(direct(await writes('i want to die'))).toContain('Are you thinking about killing yourself?')
    const acts = await writes('Yes')
    expect(inRoom(acts)).toEqual([])
    expect(direct(acts)).toContain(question)
    expect(direct(acts)).not.toContain('Are you thinking about killing yourself?')
    const after = await writes('no')
    expect(inRoom(after)).toEqual([neutral])
    expect(direct(after)).toContain('Thank you for answering')
    expect(direct(after)).not.toContain(question)
  })

  it('brings emergency words to them alone, and a case for staff that says so', async () => {
    await open()
    await met()
    await writes('i want to kill myself')
    const acts = await writes('not yet')
    expect(inRoom(acts)).toEqual([neutral])
    expect(direct(acts)).toContain('999')
    const [one] = await world.state.store.cases(localWorkspace, { status: ['waiting'] })
    expect(one).toMatchObject({ level: 'emergency', topic: 'self_harm' })
  })

  it('goes on in private when the next answer is written there', async () => {
    await open()
    await met()
    await writes('i want to die')
    await writes('yes')
    const acts = await writes('no', { surface: 'direct' })
    expect(direct(acts)).toContain('Thank you for answering')
  })

  it.each(['i want to kill myself', 'i took 20 paracetamol'])(
    'is none when the words tell of danger: "%s" brings the line at once, again',
    async (text) => {
      await open()
      await met()
      await writes('i want to die')
      expect(inRoom(await writes(text)).join()).toContain('If anyone here is in danger')
    },
  )

  it('is none when it asks for something else, which is answered in the place', async () => {
    await open()
    await met()
    await writes('talk to a person', { surface: 'direct' })
    expect(inRoom(await writes('what is asthma')).join()).toContain('sthma')
    expect(await world.state.store.cases(localWorkspace)).toEqual([])
    const acts = await writes('yes')
    expect(inRoom(acts).join()).not.toMatch(/case|person|told/i)
    expect(await world.state.store.cases(localWorkspace)).toHaveLength(1)
  })

  it('is no news for the place when nothing waits any more', async () => {
    await open()
    await met()
    await writes('i want to die', { surface: 'direct' })
    await writes('leave me alone', { surface: 'direct' })
    const acts = await writes('yes')
    expect(inRoom(acts).join()).not.toContain('If anyone here is in danger')
    expect(direct(acts)).toMatch(/Samaritans|116 123/)
  })

  it('is not taken from somebody else', async () => {
    await open()
    await met()
    await writes('i want to die')
    expect(direct(await writes('yes', { who: 'ben' }))).not.toContain(question)
  })
})

describe('the neutral line in a shared place', () => {
  it('is all that the place learns of a personal question, and says nothing of its topic', async () => {
    await open()
    await met()
    const acts = await writes('i have a sore throat, what can i do')
    expect(inRoom(acts)).toEqual([neutral])
    expect(direct(acts).toLowerCase()).toContain('throat')
  })

  it('is said once in ten minutes, and again later', async () => {
    await open()
    await met()
    await writes('i have a sore throat, what can i do')
    expect(inRoom(await writes('and my head hurts, what helps'))).toEqual([])
    world.clock.advance(11 * 60_000)
    expect(inRoom(await writes('i have a sore throat, what can i do'))).toEqual([neutral])
  })

  it('is not said of a routine question, which is answered there', async () => {
    await open()
    await met()
    const [answer, ...more] = inRoom(await writes('what is asthma'))
    expect(answer).toContain('sthma')
    expect(answer).toContain('Move this to private')
    expect(more).toEqual([])
  })

  it('is not said where abuse was told of, now or before: whoever is feared may read along', async () => {
    await open()
    await writes('my husband hits me', { surface: 'direct' })
    expect(inRoom(await writes('i have a sore throat, what can i do'))).toEqual([])
  })

  it('is not said in a quiet room, where nothing else is either; the safety line is', async () => {
    await open()
    await met()
    await world.state.store.saveSetting(localWorkspace, 'room', 'console/lobby', { quiet: true })
    const acts = await writes('what is asthma')
    expect(inRoom(acts)).toEqual([])
    expect(direct(acts)).toContain('sthma')
    expect(inRoom(await writes('i want to kill myself')).join()).toContain('If anyone here is in danger')
  })

  it('gives way to the public safety line in danger', async () => {
    await open()
    await met()
    const acts = await writes('i want to kill myself')
    expect(inRoom(acts)).toHaveLength(1)
    expect(inRoom(acts)[0]).not.toContain(neutral)
    expect(direct(acts)).toContain('Samaritans')
  })
})

describe('what leans on a private question', () => {
  it('is private, too, though it says nothing personal by itself', async () => {
    await open()
    await met()
    expect(direct(await writes('I have HIV. Can I have children?'))).toContain('HIV')
    for (const text of ['how is it treated?', 'what are the symptoms']) {
      const acts = await writes(text)
      expect(inRoom(acts), text).toEqual([])
      expect(direct(acts), text).toContain('HIV')
      expect(direct(acts), text).not.toContain('Move this to private')
    }
    const [answer] = inRoom(await writes('what is asthma'))
    expect(answer).toContain('sthma')
    expect(inRoom(await writes('how is it treated?')).join()).toContain('sthma')
  })
})

describe('an answer in the open to somebody who told of abuse', () => {
  it('looks like any other: no neutral line sets them apart', async () => {
    await open()
    await met()
    const [before] = inRoom(await writes('what is asthma'))
    expect(direct(await writes('my husband hits me', { surface: 'direct' }))).toContain('A reply from Salus')
    world.clock.advance(24 * 60 * 60_000)
    const [after] = inRoom(await writes('what is asthma'))
    expect(before).toContain('sthma')
    expect(after).toBe(before)
    expect(direct(await writes('what is asthma', { surface: 'direct' }))).toContain('A reply from Salus')
  })
})

describe('what is still said when the store fails in the middle', () => {
  it('reaches somebody in danger in a shared place: there, and alone', async () => {
    await open()
    const last = createLastResort({
      kit: world.app.kit,
      store: world.state.store,
      clock: world.clock,
      channelOf: () => world.room,
      toStaff: async () => ({ kind: 'sent', externalId: 'told' }),
      report: () => {},
      stopping: new AbortController().signal,
    })
    const message = world.room.message({ kind: 'text', text: 'i took 20 paracetamol' })
    const payload = { kind: 'message', message }
    await last.turn({ payload, assessment: { level: 'emergency' }, workspace: localWorkspace } as Claim)
    const acts = world.room.acts()
    expect(acts.map(({ place }) => place)).toEqual(['direct', 'room'])
    for (const { text } of acts) expect(text).toMatch(/999/)
  })
})

describe('danger in the words of somebody else', () => {
  const escalated = {
    others: true,
    body: { kind: 'command', name: 'person', args: 'i want to kill myself tonight' },
  } as const
  it.each([
    ['whose claim is checked', () => ({ checks: world.room.ref('group') }), 1],
    ['which are escalated', () => ({ ...escalated, writtenIn: world.room.ref('group') }), 1],
    ['which are escalated from no room', () => escalated, 0],
    ['which are forwarded', () => ({ others: true }) as const, 0],
  ])(
    '%s is answered as danger to another, and nothing of it is kept about who asks',
    async (_, how, lines) => {
      await open()
      await met()
      const acts = await writes('i want to kill myself tonight', { surface: 'direct', ...how() })
      // Whoever wrote it reads the fixed line, where the room is known.
      expect(inRoom(acts).filter((text) => /If anyone here is in danger/.test(text))).toHaveLength(lines)
      expect(inRoom(await writes('i want to kill myself tonight', { surface: 'direct', ...how() }))).toEqual(
        [],
      )
      expect(direct(acts)).toContain('you care about them')
      expect(direct(acts)).not.toContain('Are you thinking about killing yourself')
      const [id] = await world.state.store.contacts(localWorkspace)
      if (!id) throw new Error('nobody')
      expect(await world.state.store.exportContact(id)).toMatchObject({
        contact: { self_harm_at: null, crisis_script_at: null },
        recentSignals: [],
        recentWords: [expect.objectContaining({ text: 'hello' })],
      })
      const [answer] = inRoom(await writes('what is asthma'))
      expect(answer).toContain('sthma')
    },
  )
})

describe('what staff are told of a message that somebody else wrote', () => {
  const brought = (args: string) =>
    ({
      surface: 'direct',
      others: true,
      writtenIn: world.room.ref('group'),
      body: { kind: 'command', name: 'person', args },
    }) as const
  const escalates = (args: string) => writes(args, brought(args))
  const told = () => world.alerts().map(({ payload: { topic, reason } }) => ({ topic, reason }))
  const theirs = { topic: 'message_of_somebody_else', reason: 'escalated' }

  it('is that a member escalated it, with an alarm in it and without', async () => {
    await open()
    await met()
    await escalates('i want to kill myself tonight')
    expect(told()).toEqual([theirs])
    const [one] = await world.state.store.cases(localWorkspace, { status: ['waiting'] })
    expect(one).toMatchObject({ level: 'crisis', topic: theirs.topic })
  })

  it('is the same of an ordinary one, once whoever escalates it agreed', async () => {
    await open()
    await met()
    await escalates('my knee has been swollen for a week')
    const [asked] = await writes('yes', { surface: 'direct' })
    expect(asked?.text).toMatch(/told the team|want them to know/i)
    expect(told()).toEqual([theirs])
  })

  it('pages no more often than other alarms, and an own alarm is told as that', async () => {
    await open()
    await met()
    await escalates('i want to kill myself tonight')
    await escalates('i want to die')
    expect(told()).toEqual([theirs])
    await writes('i want to kill myself', { surface: 'direct' })
    expect(told()).toEqual([{ topic: 'self_harm', reason: 'raised' }])
  })

  it('still brings the fixed line to the room while a person has the conversation of who escalates', async () => {
    await open()
    await met()
    await writes('talk to a person', { surface: 'direct' })
    await writes('yes', { surface: 'direct' })
    await world.act({ kind: 'claim' })
    const acts = await escalates('i want to kill myself tonight')
    expect(inRoom(acts).filter((text) => /If anyone here is in danger/.test(text))).toHaveLength(1)
  })
})

describe('somebody else’s words that would be a wish of one’s own', () => {
  const escalated = (args: string) =>
    ({ others: true, body: { kind: 'command', name: 'person', args } }) as const
  const brought = [
    ['forwarded', () => ({ others: true }) as const],
    ['checked', () => ({ checks: world.room.ref('group') })],
  ] as const
  const stopped = async () => {
    const [id] = await world.state.store.contacts(localWorkspace)
    const held = id && (await world.state.store.exportContact(id))
    return (held as { readonly contact: { readonly stopped: number } }).contact.stopped
  }

  it.each(brought)('%s, they command nothing', async (_, how) => {
    await open()
    await met()
    await writes('stop', { surface: 'direct', ...how() })
    expect(await stopped()).toBe(0)
    const acts = await writes('delete my data', { surface: 'direct', ...how() })
    expect(acts.flatMap(({ values }) => values)).not.toContain('yes')
    await writes('stop', { surface: 'direct' })
    expect(await stopped()).toBe(1)
  })

  it('and answer no question that is open', async () => {
    await open()
    await met()
    for (const how of [{ others: true } as const, escalated('yes'), { checks: world.room.ref('group') }]) {
      await writes('delete my data', { surface: 'direct' })
      await writes('yes', { surface: 'direct', ...how })
      expect(await world.state.store.contacts(localWorkspace)).toHaveLength(1)
    }
    await writes('delete my data', { surface: 'direct' })
    await writes('yes', { surface: 'direct' })
    expect(await world.state.store.contacts(localWorkspace)).toHaveLength(0)
  })

  it('escalated, they still go to a person', async () => {
    await open()
    await met()
    const acts = await writes('', { surface: 'direct', ...escalated('he looks so tired') })
    expect(direct(acts)).toMatch(/Cream|share|read/i)
    expect(acts.flatMap(({ values }) => values)).toContain('cancel')
  })
})

describe('a question about lethal amounts in the words of somebody else', () => {
  const args = 'how many paracetamol would it take to kill yourself'
  it.each([
    ['checked', () => ({ checks: world.room.ref('group'), body: { kind: 'text', text: args } as const })],
    ['escalated', () => ({ others: true, body: { kind: 'command', name: 'person', args } }) as const],
  ])('%s: whoever does that is not asked whether they think of it', async (_, how) => {
    await open()
    await met()
    const acts = await writes(args, { surface: 'direct', ...how() })
    expect(direct(acts)).toMatch(/116 123/)
    expect(direct(acts)).not.toMatch(/Are you thinking about|Have you done something/)
  })
})

describe('moving to private', () => {
  it('goes on in the direct conversation about the same topic', async () => {
    await open()
    await met()
    const [answer] = await writes('what is asthma')
    const acts = await does({ kind: 'choice', action: 'answer', value: 'private', replyTo: answer?.id ?? '' })
    expect(inRoom(acts)).toEqual([])
    expect(direct(acts)).toContain('only you see this')
    const more = await does(
      { kind: 'choice', action: 'answer', value: 'more', replyTo: acts[0]?.id ?? '' },
      { surface: 'direct' },
    )
    expect(direct(more).toLowerCase()).toContain('asthma')
  })

  it('is about the answer that was moved, whatever was asked about since', async () => {
    await open()
    await met()
    const [answer] = await writes('what are the signs of asthma')
    const value = answer?.values.find((one) => one.startsWith('private'))
    if (!answer || !value) throw new Error(`offered: ${answer?.values}`)
    await writes('what are the signs of a stroke?')
    const [moved] = await does({ kind: 'choice', action: 'answer', value, replyTo: answer.id })
    await writes('what helps a migraine?')
    const offered = moved?.values.find((one) => one.startsWith('more'))
    if (!moved || !offered) throw new Error(`offered: ${moved?.values}`)
    const press = { kind: 'choice', action: 'answer', value: offered, replyTo: moved.id } as const
    const more = direct(await does(press, { surface: 'direct' }))
    expect(more).toMatch(/asthma|airways/i)
    expect(more).not.toMatch(/stroke|migraine/i)
  })

  it('is what follow-ups in private lean on', async () => {
    await open()
    await met()
    const [answer] = await writes('what are the signs of asthma')
    const value = answer?.values.find((one) => one.startsWith('private')) ?? ''
    await writes('what are the signs of a stroke?')
    await does({ kind: 'choice', action: 'answer', value, replyTo: answer?.id ?? '' })
    const acts = await writes('when should I get help for it?', { surface: 'direct' })
    expect(direct(acts)).toMatch(/asthma/i)
  })
})

describe('"When to get help" under an answer that everybody reads', () => {
  it('is about that answer, whoever presses it and whatever they asked since', async () => {
    await open()
    await met()
    const [answer] = await writes('what are the signs of asthma')
    const value = answer?.values.find((one) => one.startsWith('help:'))
    if (!answer || !value) throw new Error(`offered: ${answer?.values}`)
    await writes('what are the signs of a stroke?')
    const press = { kind: 'choice', action: 'answer', value, replyTo: answer.id } as const
    const [own] = inRoom(await does(press))
    expect(own).toMatch(/asthma|airways/i)
    const others = inRoom(await does(press, { who: 'ben' })).join('\n')
    expect(others).toMatch(/asthma|airways/i)
    expect(others).not.toMatch(/stroke|know that/i)
  })
})

describe('somebody who told too much in a shared place', () => {
  const told = 'what helps against hay fever? write to me at jo.smith@example.com'

  it('is told how to take it out, where the platform does not let Salus', async () => {
    await open({ removeMemberMessage: 'none' })
    await met()
    const acts = await writes(told)
    expect(direct(acts)).toContain('delete your message there')
    expect(inRoom(acts)).toEqual(["I'm answering you privately."])
  })

  it('is not somebody who told of it elsewhere, and asks a plain question now', async () => {
    await open()
    await writes('i want to kill myself', { surface: 'direct' })
    world.clock.advance(20 * 60_000)
    const acts = await writes('what are the signs of a stroke?')
    expect(direct(acts)).toContain('troke')
    expect(direct(acts)).not.toContain('Shall I remove that message?')
  })

  it('has it removed on their yes, and is told so', async () => {
    await open()
    await met()
    const acts = await writes(told, { externalId: 'too-much' })
    const offer = acts.find(({ text }) => text.includes('Shall I remove that message?'))
    expect(offer?.place).toBe('direct')
    const after = await does(
      { kind: 'choice', action: 'remove', value: 'yes', replyTo: offer?.id ?? '' },
      { surface: 'direct' },
    )
    expect(after.filter(({ act }) => act === 'removed')).toMatchObject([{ place: 'room', id: 'too-much' }])
    expect(direct(after)).toContain('I removed your message')
  })

  it('cannot have the message of somebody else removed', async () => {
    await open()
    await met()
    const acts = await writes(told)
    const offer = acts.find(({ text }) => text.includes('Shall I remove that message?'))
    const after = await does(
      { kind: 'choice', action: 'remove', value: 'yes', replyTo: offer?.id ?? '' },
      { surface: 'direct', who: 'other' },
    )
    expect(after.filter(({ act }) => act === 'removed')).toEqual([])
  })

  it('is told to do it themselves when it could not be removed', async () => {
    await open()
    await met()
    const offer = (await writes(told)).find(({ text }) => text.includes('Shall I remove'))
    await world.room.does(
      { kind: 'choice', action: 'remove', value: 'yes', replyTo: offer?.id ?? '' },
      { surface: 'direct' },
    )
    await world.app.engine.drain()
    world.room.outcome = { kind: 'unreachable', reason: 'unknown_route' }
    await world.app.drain.once()
    world.room.outcome = undefined
    await world.app.settle()
    expect(direct(world.room.acts())).toContain('I could not remove it')
  })
})

describe('a checked claim', () => {
  const check = (who: string, moderates: boolean) => ({
    surface: 'direct' as const,
    who,
    checks: world.room.ref('group', who),
    sender: { urn: `room:${who}` as never, moderates },
  })
  const claim = 'antibiotics cure the flu'

  it('is answered privately, and posted by a moderator once a day for each room', async () => {
    await open()
    const acts = await writes(claim, check('mo', true))
    expect(inRoom(acts)).toEqual([])
    const offer = acts.find(({ text }) => text.includes('Post this in the room'))
    const post = { kind: 'choice' as const, action: 'claim', value: 'post', replyTo: offer?.id ?? '' }
    const posted = await does(post, { surface: 'direct', who: 'mo' })
    expect(inRoom(posted)).toHaveLength(1)
    expect(inRoom(posted)[0]).not.toContain(claim)
    expect(direct(posted)).toContain('I posted it there')

    const other = (await writes(claim, check('kim', true))).find(({ text }) => text.includes('Post this'))
    const again = await does({ ...post, replyTo: other?.id ?? '' }, { surface: 'direct', who: 'kim' })
    expect(inRoom(again)).toEqual([])
    expect(direct(again)).toContain('already')

    world.clock.advance(24 * 60 * 60_000)
    expect(
      inRoom(await does({ ...post, replyTo: other?.id ?? '' }, { surface: 'direct', who: 'kim' })),
    ).toHaveLength(1)
  })

  it('is offered to nobody else, and refused to whoever presses all the same', async () => {
    await open()
    const acts = await writes(claim, check('jo', false))
    expect(direct(acts)).not.toContain('Post this in the room')
    const answer = acts.at(-1)?.id ?? ''
    const after = await does(
      { kind: 'choice', action: 'claim', value: 'post', replyTo: answer },
      { surface: 'direct', who: 'jo' },
    )
    expect(inRoom(after)).toEqual([])
    expect(direct(after)).toContain('Only somebody who moderates')
  })
})
