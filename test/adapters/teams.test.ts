import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asId, type CaseId, type Urn } from '../../src/core/ids.ts'
import { localWorkspace } from '../../src/open-state.ts'
import { makeLinkCode } from '../../src/staff-accounts.ts'
import { showsText } from '../../src/staff-text.ts'
import { systemClock, systemRandom } from '../../src/system.ts'
import { until } from '../web/site.ts'
import { bot, type Person, type Posted, tenant, wordsOf } from './teams-double.ts'
import { openTeamsSite, type TeamsSite } from './teams-site.ts'

let site: TeamsSite
beforeAll(async () => {
  site = await openTeamsSite()
})
afterAll(() => site.close())

const room = '19:somewhere@thread.tacv2'
const to = (conversation: string, words: RegExp) => (one: Posted) =>
  one.conversation === conversation && words.test(wordsOf(one))
const sourced = /Sourced/

/** Ends what is under way for a person: their command is answered after everything before it. */
async function caughtUp(person: Person): Promise<void> {
  const from = site.double.posted.length
  await person.say('help')
  await site.double.seen(to(person.chat, /In danger|danger/), from)
}

describe('in a personal chat', () => {
  test('a question is answered with its sources, and a follow-up about the same', async () => {
    const ana = site.person('ana')
    await ana.say('What helps a migraine?')
    const answer = await site.double.seen(to(ana.chat, sourced))
    expect(wordsOf(answer)).toMatch(/migraine/i)
    const from = site.double.posted.length
    await ana.say('When should I get help for it?')
    expect(wordsOf(await site.double.seen(to(ana.chat, sourced), from))).toMatch(/headache|migraine/i)
  })

  test('a button answers the reply it stands under', async () => {
    const ana = site.person('presser')
    await ana.say('What helps a migraine?')
    const answer = await site.double.seen(to(ana.chat, sourced))
    const data = submitsOf(answer).find(({ value }) => value === 'helpful')
    expect(data).toMatchObject({
      salus: 'choice',
      action: 'answer',
      replyTo: expect.stringMatching(/^\S+\/\d+\/\d+$/),
    })
    await ana.send(ana.activity({ value: data, replyToId: answer.id }))
    await site.double.seen(to(ana.chat, /Good to know/))
  })

  test('an emergency is answered with the number and steps', async () => {
    const ana = site.person('emergency')
    await ana.say('my husband has crushing chest pain and is sweating')
    expect(wordsOf(await site.double.seen(to(ana.chat, /999/)))).toMatch(/^Call your local emergency number/m)
  })

  test('a message delivered twice is one turn', async () => {
    const ana = site.person('twice')
    const activity = ana.activity({ text: 'What helps a migraine?' })
    await ana.send(activity)
    await ana.send(activity)
    await caughtUp(ana)
    expect(site.double.posted.filter(to(ana.chat, sourced))).toHaveLength(1)
  })

  test('stop is heard', async () => {
    const ana = site.person('stopper')
    await ana.say('stop')
    await site.double.seen(to(ana.chat, /won't start any messages/))
  })

  test('a person has their data deleted', async () => {
    const ana = site.person('eraser')
    await ana.say('What helps a migraine?')
    await site.double.seen(to(ana.chat, sourced))
    const before = (await site.state().store.contacts(localWorkspace)).length
    await ana.say('delete my data')
    const asked = await site.double.seen(to(ana.chat, /delete/i))
    const yes = submitsOf(asked).find(({ value }) => value === 'yes' || value === 'delete')
    await ana.send(ana.activity({ value: yes, replyToId: asked.id }))
    await until(async () =>
      (await site.state().store.contacts(localWorkspace)).length < before ? true : undefined,
    )
  })

  test('a picture is not looked at, and that is said', async () => {
    const ana = site.person('picture')
    await ana.send(
      ana.activity({
        text: '',
        attachments: [{ contentType: 'image/png', contentUrl: 'https://x.example/1' }],
      }),
    )
    await site.double.seen(to(ana.chat, /can't look at pictures/i))
  })

  test('an edited message is read again, once', async () => {
    const ana = site.person('editor')
    const said = ana.activity({ text: 'What helps a migraine?' })
    await ana.send(said)
    await site.double.seen(to(ana.chat, sourced))
    const edit = ana.activity({
      type: 'messageUpdate',
      id: said.id,
      text: 'I took 20 paracetamol an hour ago',
      channelData: { tenant: { id: tenant }, eventType: 'editMessage' },
    })
    expect((await ana.send(edit)).status).toBe(200)
    await site.double.seen(to(ana.chat, /999/))
    const from = site.double.posted.length
    await ana.send(edit)
    await caughtUp(ana)
    expect(site.double.posted.slice(from).filter(to(ana.chat, /Call 999/))).toHaveLength(0)
  })

  test('a deleted message is taken without a word', async () => {
    const ana = site.person('deleter')
    const said = ana.activity({ text: 'What helps a migraine?' })
    await ana.send(said)
    await site.double.seen(to(ana.chat, sourced))
    const from = site.double.posted.length
    const gone = ana.activity({
      type: 'messageDelete',
      id: said.id,
      channelData: { tenant: { id: tenant }, eventType: 'softDeleteMessage' },
    })
    expect((await ana.send(gone)).status).toBe(200)
    await caughtUp(ana)
    expect(site.double.posted.slice(from).filter(to(ana.chat, sourced))).toHaveLength(0)
  })
})

describe('in a channel', () => {
  test('a routine question is answered in its thread', async () => {
    const root = await site.person('asker').mention(room, 'What helps a migraine?')
    await site.double.seen(to(`${room};messageid=${root}`, sourced))
  })

  test('something personal is answered in the personal chat, and the channel sees no word of it', async () => {
    const cleo = site.person('cleo')
    const from = site.double.posted.length
    const root = await cleo.mention(room, 'I have had burning when I pee since my new boyfriend, what helps?')
    await site.double.seen(to(cleo.chat, /\S/), from)
    await caughtUp(cleo)
    const inPublic = site.double.posted
      .slice(from)
      .filter(({ conversation }) => conversation === `${room};messageid=${root}`)
      .map(wordsOf)
      .join('\n')
    expect(inPublic).not.toMatch(/pee|urin|burning|boyfriend|Sourced/i)
    expect(site.double.opened.at(-1)).toMatchObject({ members: [{ id: cleo.id }], tenantId: tenant })
  })

  test('a crisis brings the fixed line in public and the fuller reply in private', async () => {
    const dan = site.person('dan')
    const from = site.double.posted.length
    const root = await dan.mention(room, 'I want to kill myself')
    const thread = `${room};messageid=${root}`
    const line = await site.double.seen(to(thread, /If anyone here is in danger/), from)
    expect(wordsOf(line)).not.toMatch(/kill|suicid|Somebody|\bdan\b/)
    await site.double.seen(to(dan.chat, /116 123/), from)
    await caughtUp(dan)
    expect(site.double.posted.slice(from).filter(({ conversation }) => conversation === thread)).toHaveLength(
      1,
    )
  })

  test('what is not addressed to Salus is not taken, unless Salus talks with that person in that thread', async () => {
    const eve = site.person('eve')
    const from = site.double.posted.length
    const unasked = eve.inChannel(room, '17000', { text: 'What helps a migraine?', entities: [] })
    expect((await eve.send(unasked)).status).toBe(200)
    const root = await eve.mention(room, 'What helps a migraine?')
    await site.double.seen(to(`${room};messageid=${root}`, sourced), from)
    await eve.send(eve.inChannel(room, root, { text: 'what helps hay fever?', entities: [] }))
    await site.double.seen(to(`${room};messageid=${root}`, /hay fever/i), from)
    expect(site.double.posted.filter(({ conversation }) => conversation.endsWith('=17000'))).toEqual([])
  })

  test('where the personal chat is closed the channel sees nothing that quotes, and staff hear of it', async () => {
    const finn = site.person('finn')
    site.double.closed.add(finn.id)
    const from = site.double.posted.length
    const root = await finn.mention(room, 'I want to kill myself')
    await site.double.seen(to(`${room};messageid=${root}`, /If anyone here is in danger/), from)
    await until(async () => {
      const cases = await site.state().store.cases(localWorkspace)
      return cases.length > 0 ? true : undefined
    })
    const said = site.double.posted.slice(from).map(wordsOf).join('\n')
    expect(said).not.toMatch(/kill/i)
  })
})

describe('in a group chat', () => {
  const chat = '19:group@thread.v2'
  const inGroup = (person: Person, more: Record<string, unknown>) => {
    site.double.know(chat)
    return person.activity({
      conversation: { id: chat, conversationType: 'groupChat', isGroup: true, tenantId: tenant },
      ...more,
    })
  }
  const mention = { type: 'mention', mentioned: bot, text: '<at>Salus</at>' }

  test('a routine question is answered there; what does not mention Salus is not taken, also afterwards', async () => {
    const tess = site.person('tess')
    const from = site.double.posted.length
    await tess.send(inGroup(tess, { text: 'What helps a migraine?' }))
    await tess.send(inGroup(tess, { text: '<at>Salus</at> What helps hay fever?', entities: [mention] }))
    await site.double.seen(to(chat, /hay fever/i), from)
    await tess.send(inGroup(tess, { text: 'What helps a migraine?' }))
    await caughtUp(tess)
    expect(site.double.posted.slice(from).filter(to(chat, /migraine/i))).toEqual([])
  })

  test('a place of no known kind counts as one where others read along', async () => {
    const uma = site.person('uma')
    const odd = { id: '19:odd@thread', conversationType: 'hologram', tenantId: tenant }
    site.double.know(odd.id)
    const from = site.double.posted.length
    await uma.send(
      uma.activity({ conversation: odd, text: '<at>Salus</at> I want to kill myself', entities: [mention] }),
    )
    await site.double.seen(to(uma.chat, /116 123/), from)
    const there = site.double.posted.slice(from).filter(({ conversation }) => conversation === odd.id)
    expect(there.map(wordsOf).join()).not.toMatch(/glad you told me|kill/)
  })
})

describe('another tenant', () => {
  test('is kept apart, with nobody of the organisation behind it', async () => {
    const vera = site.person('vera')
    const other = 'aaaa0000-0000-4000-8000-00000000000a'
    const before = (await site.state().store.workspaces()).length
    const own = (await site.state().store.contacts(localWorkspace)).length
    const activity = vera.activity({
      text: 'What helps a migraine?',
      conversation: { id: vera.chat, conversationType: 'personal', tenantId: other },
      channelData: { tenant: { id: other } },
    })
    expect((await vera.send(activity)).status).toBe(200)
    await site.double.seen(to(vera.chat, sourced))
    expect((await site.state().store.workspaces()).length).toBe(before + 1)
    expect((await site.state().store.contacts(localWorkspace)).length).toBe(own)
  })
})

describe('staff', () => {
  const staffRoom = '19:staff@thread.tacv2'
  let sam: Person
  let patients = 0

  beforeAll(async () => {
    sam = site.person('sam')
    const [member] = await site.state().store.staff(localWorkspace)
    const parts = { store: site.state().store, clock: systemClock, random: systemRandom }
    await sam.say(`link ${await makeLinkCode(parts, member!)}`)
    await site.double.seen(to(sam.chat, /now acts as Sam/))
    site.double.privateChannels.add(staffRoom)
    await asks('staff-room', /Cases of this workspace/)
  })

  /** Somebody linked says it to Salus in a staff room. Resolves once that is answered there. */
  async function asks(text: string, answer: RegExp, where = staffRoom): Promise<void> {
    const from = site.double.posted.length
    await sam.mention(where, text)
    await site.double.seen(
      (one) => one.conversation.startsWith(where) && answer.test(wordsOf(one)) && !isCard(one),
      from,
    )
  }

  /** The card of a case that somebody new just opened; cases of others come there, too, whenever they like. */
  async function newCard(where = staffRoom): Promise<Posted> {
    const patient = site.person(`patient-${++patients}`)
    await patient.say('I think my house is haunted and I want to kill myself')
    const { store } = site.state()
    const theirs = await until(async () => {
      const contact = await store.contactOf(localWorkspace, asId<Urn>(`teams:${tenant}:${patient.id}`))
      return (await store.cases(localWorkspace)).find(({ contactId }) => contactId === contact)
    })
    return site.double.seen(
      (one) => one.conversation === where && one.method === 'POST' && caseOf(one) === theirs.id,
    )
  }
  const isCard = (one: Posted) => one.activity.attachments !== undefined

  test('switch the safety watch of a channel, which is told; others cannot', async () => {
    const watched = '19:watched@thread.tacv2'
    const from = site.double.posted.length
    const inIt = (words: RegExp) => (one: Posted) =>
      one.conversation.startsWith(watched) && words.test(wordsOf(one))
    const unasked = (person: Person, id: string, text: string) =>
      person.send(person.inChannel(watched, id, { text, entities: [] }))

    const nils = site.person('nils')
    await nils.mention(watched, 'watch on')
    await site.double.seen(inIt(/Only linked staff/), from)
    await unasked(nils, '18001', 'I want to kill myself')
    await caughtUp(nils)
    expect(site.double.posted.slice(from).map(wordsOf).join()).not.toMatch(/If anyone here is in danger/)

    await sam.mention(watched, 'watch on')
    await site.double.seen(inIt(/safety watch on/), from)
    await unasked(nils, '18002', 'What helps a migraine?')
    await unasked(nils, '18003', 'I want to kill myself')
    await site.double.seen(inIt(/If anyone here is in danger/), from)
    await site.double.seen(to(nils.chat, /116 123/), from)
    expect(site.double.posted.filter(({ conversation }) => conversation.endsWith('=18002'))).toEqual([])
    await sam.mention(watched, 'watch off')
    await site.double.seen(inIt(/safety watch is off/), from)

    // A channel that could not be told is not watched.
    const untold = '19:untold@thread.tacv2'
    site.double.scripted.push({ conversation: untold, status: 403, body: { error: { code: 'Forbidden' } } })
    await sam.mention(untold, 'watch on')
    await until(async () => (site.double.scripted.length === 0 ? true : undefined))
    await caughtUp(sam)
    const later = site.double.posted.length
    await nils.send(nils.inChannel(untold, '18101', { text: 'I want to kill myself', entities: [] }))
    await caughtUp(nils)
    expect(site.double.posted.slice(later).map(wordsOf).join()).not.toMatch(/If anyone here is in danger/)
  })

  test('read and answer in the thread of a case once they switched text on there', async () => {
    await asks('staff-room text on', /shown under its card/)
    const card = await newCard()
    const thread = `${staffRoom};messageid=${card.id}`
    await site.double.seen(to(thread, /my house is haunted/))
    const write = (text: string) => sam.send(sam.inChannel(staffRoom, card.id, { text, entities: [] }))
    const patient = site.person(`patient-${patients}`)
    const from = site.double.posted.length
    await write('Hello, I am here')
    await site.double.seen(to(thread, /Claim the case first/), from)
    await pressed(card, 'claim')
    await write('Hello, I read what you wrote')
    await site.double.seen(to(patient.chat, /I read what you wrote/), from)
    await site.double.seen(to(thread, /Delivered to/), from)
    expect(site.double.posted.slice(from).filter(to(patient.chat, /Hello, I am here/))).toEqual([])
    await asks('staff-room text off', /not shown here any more/)
  })

  test('a channel that Teams does not call private: no topic on the card for all, and no words', async () => {
    const open = '19:open-staff@thread.tacv2'
    await asks('staff-room', /a card does not tell what a case is about/, open)
    try {
      await asks('staff-room text on', /Make a private channel/, open)
      expect(await showsText(site.state().store, localWorkspace, 'teams')).toBe(false)
      const card = await newCard(open)
      expect(JSON.stringify(card.activity)).not.toMatch(/self.harm|haunted|kill/)
      expect(wordsOf(card)).toMatch(/crisis/)
      const from = site.double.posted.length
      const mine = await pressed(card, 'view')
      expect(JSON.stringify(mine.value)).toMatch(/self harm/)
      await pressed(card, 'claim')
      const changed = await site.double.seen(
        (one) => one.method === 'PUT' && one.id === card.id && /Sam has it/.test(wordsOf(one)),
        from,
      )
      expect(JSON.stringify(changed.activity)).not.toMatch(/self.harm/)
    } finally {
      await asks('staff-room', /Cases of this workspace/)
    }
  })

  test('words are not shown any more in a channel that is not private now', async () => {
    await asks('staff-room text on', /shown under its card/)
    site.double.privateChannels.delete(staffRoom)
    try {
      await asks('staff-room', /a card does not tell/)
      expect(await showsText(site.state().store, localWorkspace, 'teams')).toBe(false)
    } finally {
      site.double.privateChannels.add(staffRoom)
      await asks('staff-room', /Cases of this workspace/)
    }
  })

  const pressed = (card: Posted, press: string, person = sam) =>
    person.invoke(
      'adaptiveCard/action',
      {
        action: { type: 'Action.Execute', verb: `case.${press}`, data: { caseId: caseOf(card) } },
        trigger: 'manual',
      },
      {
        replyToId: card.id,
        conversation: { id: staffRoom, conversationType: 'channel', isGroup: true, tenantId: tenant },
      },
    ) as Promise<{ statusCode: number; type: string; value: unknown }>

  test('see a case as a card without name, words or buttons, which refreshes for them alone', async () => {
    const card = await newCard()
    expect(wordsOf(card)).toMatch(/self harm/)
    expect(wordsOf(card)).not.toMatch(/kill|patient/)
    expect(JSON.stringify(card.activity)).not.toMatch(/case\.claim/)
    expect(refreshOf(card).userIds).toEqual([sam.id])
  })

  test('get the buttons by the refresh; nobody else does', async () => {
    const card = await newCard()
    const mine = await pressed(card, 'view')
    expect(mine.type).toBe('application/vnd.microsoft.card.adaptive')
    expect(verbsOf(mine.value)).toEqual(['case.claim', 'case.open', 'case.snooze'])
    const theirs = await pressed(card, 'view', site.person('member'))
    expect(theirs.type).toBe('application/vnd.microsoft.activity.message')
    expect(JSON.stringify(theirs)).not.toMatch(/case\./)
  })

  test('a member who presses changes nothing and is told so', async () => {
    const card = await newCard()
    const answer = await pressed(card, 'claim', site.person('member'))
    expect(answer.value).toMatch(/not linked/)
    expect(await site.state().store.case(asId<CaseId>(caseOf(card)))).toMatchObject({ status: 'waiting' })
  })

  test('claim, open, and resolve from the card, which everybody sees change', async () => {
    const card = await newCard()
    const from = site.double.posted.length
    expect(verbsOf((await pressed(card, 'claim')).value)).toEqual([
      'case.open',
      'case.snooze',
      'case.resolve',
    ])
    const changed = await site.double.seen(
      (one) => one.method === 'PUT' && one.id === card.id && /Sam has it/.test(wordsOf(one)),
      from,
    )
    expect(changed.conversation).toBe(staffRoom)
    const opened = await pressed(card, 'open')
    expect(JSON.stringify(opened.value)).toMatch(/staff\/enter\?token=/)
    expect(wordsOf({ activity: { text: JSON.stringify(opened.value) } })).not.toMatch(/"text":"[^"]*token=/)
    await pressed(card, 'resolve')
    const closed = await site.double.seen(
      (one) => one.method === 'PUT' && one.id === card.id && /Closed/.test(wordsOf(one)),
      from,
    )
    expect(JSON.stringify(closed.activity)).not.toMatch(/"refresh"/)
  })

  test('who was staff is none any more: no room, no watch, no card', async () => {
    const other = '19:afterwards@thread.tacv2'
    const card = await newCard()
    const { store } = site.state()
    const [member] = await store.staff(localWorkspace)
    if (!member) throw new Error('the demo has a volunteer')
    await store.saveStaff({ ...member, active: false })
    try {
      for (const text of ['staff-room', 'watch on']) {
        const from = site.double.posted.length
        await sam.mention(other, text)
        await site.double.seen(
          (one) => one.conversation.startsWith(other) && /Only linked staff/.test(wordsOf(one)),
          from,
        )
      }
      const view = { type: 'Action.Execute', verb: 'case.view', data: { caseId: caseOf(card) } }
      const answer: { value: unknown } = await sam.invoke('adaptiveCard/action', { action: view })
      expect(answer.value).toMatch(/not linked/)
    } finally {
      await store.saveStaff(member)
    }
  })

  test('words stay in the place that they were allowed for', async () => {
    const { store } = site.state()
    await asks('staff-room text on', /shown under its card/)
    expect(await showsText(store, localWorkspace, 'teams')).toBe(true)
    const other = '19:next@thread.tacv2'
    await sam.mention(other, 'staff-room')
    await until(async () => ((await showsText(store, localWorkspace, 'teams')) ? undefined : true))
    await asks('staff-room', /Cases of this/)
    expect(await showsText(store, localWorkspace, 'teams')).toBe(false)
  })

  test('a room is linked by linked staff alone', async () => {
    const other = '19:other@thread.tacv2'
    await site.person('intruder').mention(other, 'staff-room')
    await site.double.seen(
      (one) => one.conversation.startsWith(other) && /Only linked staff/.test(wordsOf(one)),
    )
  })
})

describe('what is changed or drawn', () => {
  const mention = { entities: [{ type: 'mention', mentioned: bot, text: '<at>Salus</at>' }] }

  test('an edit that turns to Salus is heard in a channel where nothing was said to it before', async () => {
    const ana = site.person('turns')
    const root = '1700000900000'
    const written = ana.inChannel(room, root, { id: root, text: 'lunch?' })
    await ana.send(written)
    const text = '<at>Salus</at> I want to kill myself tonight'
    await ana.send({ ...written, ...mention, type: 'messageUpdate', text })
    await site.double.seen(to(`${room};messageid=${root}`, /If anyone here is in danger/))
    await site.double.seen(to(ana.chat, /glad you told me/i))
  })

  test('a moving picture alone is not passed over', async () => {
    const ana = site.person('draws')
    const attachments = [{ contentType: 'text/html', content: '<div><img src="https://x.test/a.gif"></div>' }]
    await ana.send(ana.activity({ text: '', attachments }))
    await site.double.seen(to(ana.chat, /Tell me in words/))
  })
})

describe('forms and search', () => {
  test('articles are found by title and inserted as a card without buttons', async () => {
    const gil = site.person('gil')
    const found = (await gil.invoke('composeExtension/query', {
      commandId: 'search',
      parameters: [{ name: 'text', value: 'migraine' }],
      queryOptions: { skip: 0, count: 5 },
    })) as {
      composeExtension: {
        attachments: { content: { title: string }; preview: { content: { tap: { value: unknown } } } }[]
      }
    }
    const [first] = found.composeExtension.attachments
    expect(first?.content.title).toMatch(/migraine/i)
    const card = await gil.invoke('composeExtension/selectItem', first?.preview.content.tap.value)
    expect(JSON.stringify(card)).toMatch(/Sourced/)
    expect(JSON.stringify(card)).not.toMatch(/Action\.Submit|Action\.Execute/)
  })

  test('before anything is typed there is something to pick', async () => {
    const found = await site.person('gil').invoke('composeExtension/query', {
      commandId: 'search',
      parameters: [{ name: 'initialRun', value: 'true' }],
    })
    expect(JSON.stringify(found)).toMatch(/"title":"/)
  })

  test('"Escalate to a clinician" opens a dialog, and what is sent goes on in the personal chat', async () => {
    const hal = site.person('hal')
    const value = {
      commandId: 'escalate',
      commandContext: 'message',
      messagePayload: { id: '1', body: { contentType: 'html', content: '<p>my knee <b>hurts</b></p>' } },
    }
    const form = (await hal.invoke('composeExtension/fetchTask', value)) as {
      task: { type: string; value: { card: { content: { actions: { data: Record<string, string> }[] } } } }
    }
    expect(form.task.type).toBe('continue')
    const data = form.task.value.card.content.actions[0]?.data
    expect(data?.about).toBe('my knee hurts')
    const last = await hal.invoke('composeExtension/submitAction', {
      ...value,
      data: { ...data, text: 'for weeks' },
    })
    expect(JSON.stringify(last)).toMatch(/answering you privately/)
    await site.double.seen(to(hal.chat, /share|team/i))
  })

  test('an alarm that is escalated brings the fixed line to where it was written, once', async () => {
    const hue = site.person('hue')
    const where = { ...hue.inChannel('19:brought@thread.tacv2', '19001'), type: 'invoke' }
    const value = { commandId: 'escalate', commandContext: 'message' }
    const data = { salus: 'filled', form: 'escalate', about: 'I took 20 paracetamol an hour ago', text: '' }
    await hue.send({ ...where, name: 'composeExtension/submitAction', value: { ...value, data } })
    await site.double.seen(to(hue.chat, /999/))
    await caughtUp(hue)
    const said = site.double.posted.filter(({ conversation }) => conversation.startsWith('19:brought@'))
    expect(said.map(wordsOf)).toEqual([expect.stringMatching(/If anyone here is in danger/)])
    expect(JSON.stringify(said)).not.toMatch(/paracetamol|escalat|hue/i)
  })

  test('a crisis written into a form is heard', async () => {
    const ida = site.person('ida')
    await ida.invoke('task/submit', { data: { salus: 'filled', form: 'ask', text: 'I want to kill myself' } })
    await site.double.seen(to(ida.chat, /116 123/))
  })

  describe('sent by somebody whose personal chat is closed', () => {
    const send = async (person: Person, name: string, value: object) =>
      JSON.stringify(await person.invoke(name, value, withRoom(person)))
    const withRoom = (person: Person) => {
      const { conversation, channelData } = person.inChannel('19:closed@thread.tacv2', '19100')
      return { conversation, channelData }
    }
    const ask = (text: string) => ({ data: { salus: 'filled', form: 'ask', text } })
    const check = (content: string) => ({
      commandId: 'check',
      messagePayload: { body: { contentType: 'html', content } },
    })

    test('says itself that no answer may come, and what to do', async () => {
      const una = site.person('una')
      site.double.closed.add(una.id)
      const told = await send(una, 'task/submit', ask('What helps a migraine?'))
      expect(told).toMatch(/cannot write to you privately.*Open a chat with me/)
      expect(told).not.toMatch(/answering you privately|999|migraine/)
    })

    test('says whom to call in danger, and repeats nothing', async () => {
      const una = site.person('una-in-danger')
      site.double.closed.add(una.id)
      for (const [name, value] of [
        ['task/submit', ask('I want to kill myself tonight')],
        ['composeExtension/submitAction', check('I want to kill myself tonight')],
      ] as const) {
        const told = await send(una, name, value)
        expect(told, name).toMatch(/call.*999.*116 123.*cannot write to you privately/)
        expect(told, name).not.toMatch(/kill|tonight/)
      }
    })

    test('is told it from the second time on where a chat opens and is blocked, and not after they wrote there', async () => {
      const uma = site.person('uma')
      await caughtUp(uma)
      site.double.blocked.add(uma.chat)
      expect(await send(uma, 'task/submit', ask('What helps a migraine?'))).toMatch(/answering you privately/)
      await until(async () =>
        /cannot write/.test(await send(uma, 'task/submit', ask('hello'))) ? true : undefined,
      )
      site.double.blocked.delete(uma.chat)
      await caughtUp(uma)
      expect(await send(uma, 'task/submit', ask('hello'))).toMatch(/answering you privately/)
    })

    test('an open chat is told where its answer is, and in danger the numbers at once', async () => {
      const ula = site.person('ula')
      expect(await send(ula, 'task/submit', ask('What helps a migraine?'))).not.toMatch(/999|cannot/)
      const told = await send(ula, 'task/submit', ask('I want to kill myself tonight'))
      expect(told).toMatch(/999.*answering you privately/)
    })
  })

  test('"Check this claim" answers in the personal chat', async () => {
    const jo = site.person('jo')
    await jo.invoke('composeExtension/submitAction', {
      commandId: 'check',
      messagePayload: { body: { contentType: 'html', content: 'what helps a migraine?' } },
    })
    await site.double.seen(to(jo.chat, sourced))
  })

  test('preferences are saved from one form', async () => {
    const kim = site.person('kim')
    await kim.invoke('task/submit', {
      data: { salus: 'filled', form: 'settings', language: 'English', country: 'Ireland' },
    })
    await site.double.seen(to(kim.chat, /Ireland/))
  })
})

describe('installation', () => {
  test('somebody who installs Salus is greeted once, though it is told twice', async () => {
    const lou = site.person('lou')
    await lou.send(lou.activity({ type: 'conversationUpdate', membersAdded: [{ id: bot.id }] }))
    await lou.send(lou.activity({ type: 'installationUpdate', action: 'add' }))
    await site.double.seen(to(lou.chat, /Topics I know/))
    await caughtUp(lou)
    expect(site.double.posted.filter(to(lou.chat, /Topics I know/))).toHaveLength(1)
  })

  test('a channel is told that nobody watches it', async () => {
    const max = site.person('max')
    await max.send(max.inChannel('19:new@thread.tacv2', '1', { type: 'installationUpdate', action: 'add' }))
    await site.double.seen(
      (one) => one.conversation.startsWith('19:new') && /not watching/.test(wordsOf(one)),
    )
  })

  test('a removed app forgets its staff room', async () => {
    const other = await openTeamsSite()
    try {
      const sue = other.person('sue')
      const { store } = other.state()
      const [member] = await store.staff(localWorkspace)
      await sue.say(
        `link ${await makeLinkCode({ store, clock: systemClock, random: systemRandom }, member!)}`,
      )
      await other.double.seen(to(sue.chat, /now acts as/))
      const root = await sue.mention(room, 'staff-room on')
      await other.double.seen(to(`${room};messageid=${root}`, /Cases of this/))
      expect(await store.setting(localWorkspace, 'staff_room', 'teams')).toBeDefined()
      await sue.send(sue.inChannel(room, root, { type: 'installationUpdate', action: 'remove' }))
      expect(await store.setting(localWorkspace, 'staff_room', 'teams')).toBeUndefined()
    } finally {
      await other.close()
    }
  })
})

describe('what is none of its business', () => {
  test.each<[string, Record<string, unknown>]>([
    ['its own message', { from: bot, text: 'hello' }],
    ['another bot', { from: { id: '28:other', role: 'bot' }, text: 'hello' }],
    ['nothing', { text: '' }],
    [
      'a mention and nothing else',
      { text: '<at>Salus</at>', entities: [{ type: 'mention', mentioned: bot, text: '<at>Salus</at>' }] },
    ],
    ['a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }],
    ['typing', { type: 'typing' }],
    ['something of the future', { type: 'hologram', shape: { of: 'things' } }],
    ['another channel', { channelId: 'webchat', text: 'hello' }],
    ['no sender', { from: undefined, text: 'hello' }],
    ['a card of somebody else', { value: { foo: 1 } }],
    [
      'an edit of no known kind',
      {
        type: 'messageUpdate',
        text: 'x',
        channelData: { tenant: { id: tenant }, eventType: 'undeleteMessage' },
      },
    ],
  ])('%s is acknowledged and leads to nothing', async (_what, more) => {
    const nil = site.person('nil')
    const before = (await site.state().store.contacts(localWorkspace)).length
    expect((await nil.send(nil.activity(more))).status).toBe(200)
    expect((await site.state().store.contacts(localWorkspace)).length).toBe(before)
  })

  test('a call of no known name is answered 501', async () => {
    const nil = site.person('nil')
    const response = await nil.send(nil.activity({ type: 'invoke', name: 'future/thing', value: { a: 1 } }))
    expect(response.status).toBe(501)
  })
})

describe('when something stands in the way', () => {
  test('what was put off by 429 arrives, once', async () => {
    const ned = site.person('ned')
    site.double.scripted.push({
      conversation: ned.chat,
      status: 429,
      headers: { 'retry-after': '1' },
      body: {},
    })
    await ned.say('help')
    await site.double.seen(to(ned.chat, /danger/))
    expect(site.double.scripted).toEqual([])
    await caughtUp(ned)
    expect(site.double.posted.filter(to(ned.chat, /danger/))).toHaveLength(2)
  })

  test('a refused token is renewed', async () => {
    const ola = site.person('ola')
    // There is one to refuse.
    await caughtUp(ola)
    const given = site.double.tokensGiven
    const from = site.double.posted.length
    site.double.scripted.push({ conversation: ola.chat, status: 401, body: {} })
    await ola.say('help')
    await site.double.seen(to(ola.chat, /danger/), from)
    expect(site.double.tokensGiven).toBe(given + 1)
  })

  test('a restart in between loses nothing and says nothing twice', async () => {
    const pat = site.person('pat')
    const activity = pat.activity({ text: 'What helps a migraine?' })
    await pat.send(activity)
    await site.restart()
    await pat.send(activity)
    await site.double.seen(to(pat.chat, sourced))
    await caughtUp(pat)
    expect(site.double.posted.filter(to(pat.chat, sourced))).toHaveLength(1)
  })

  test('after a restart a personal chat that was never written to is found by the tenant last heard from', async () => {
    await site.restart()
    const quinn = site.person('quinn')
    await quinn.mention(room, 'I want to kill myself')
    await site.double.seen(to(quinn.chat, /116 123/))
  })
})

describe('while no turn gets through', () => {
  test('what arrives is durable and acknowledged all the same, and answered afterwards', async () => {
    const stalled = await openTeamsSite({
      broken: (state) => ({ ...state, store: { ...state.store, loadTurn: () => new Promise(() => {}) } }),
    })
    try {
      const wes = stalled.person('wes')
      for (const text of ['hello', 'I want to kill myself', 'What helps a migraine?'])
        expect((await wes.send(wes.activity({ text }))).status).toBe(200)
      expect(await stalled.state().store.backlog()).toBeGreaterThan(0)
    } finally {
      // Its turns never end: it is left as a crash would leave it.
      await stalled.abandon()
    }
  })
})

describe('with the database away', () => {
  test('an alarm gets its fixed words at once, once', async () => {
    const away = await openTeamsSite({
      broken: (state) => ({
        ...state,
        store: { ...state.store, accept: () => Promise.reject(new Error('away')) },
      }),
    })
    try {
      const rae = away.person('rae')
      const activity = rae.activity({ text: 'I took 20 paracetamol' })
      expect((await rae.send(activity)).status).toBe(200)
      expect((await rae.send(activity)).status).toBe(200)
      const reply = await away.double.seen(to(rae.chat, /999/))
      expect(wordsOf(reply)).toMatch(/999/)
      expect(away.double.posted).toHaveLength(1)
    } finally {
      await away.close()
    }
  })
})

interface Refresh {
  readonly action: { readonly data: { readonly caseId: string } }
  readonly userIds: readonly string[]
}

function contentOf({ activity }: Posted): Record<string, unknown> {
  const [attachment] = activity.attachments as { content: Record<string, unknown> }[]
  return attachment?.content ?? {}
}

function refreshOf(posted: Posted): Refresh {
  return contentOf(posted).refresh as Refresh
}

/** The case that a card in the staff room is about; empty when it is closed. */
function caseOf(posted: Posted): string {
  return ((contentOf(posted).refresh as Refresh | undefined)?.action.data.caseId ?? '') as string
}

function verbsOf(card: unknown): readonly unknown[] {
  return (card as { actions: { verb?: string }[] }).actions.map(({ verb }) => verb)
}

/** Data of every button that is submitted. */
function submitsOf(posted: Posted): readonly Record<string, unknown>[] {
  const body = contentOf(posted).body as { actions?: { type: string; data: Record<string, unknown> }[] }[]
  return body.flatMap(({ actions }) => actions ?? []).map(({ data }) => data)
}
