import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localWorkspace } from '../../src/open-state.ts'
import { makeLinkCode } from '../../src/staff-accounts.ts'
import { systemClock, systemRandom } from '../../src/system.ts'
import { until } from '../web/site.ts'
import { buttonsOf, room, type Shown, staffRoom, wordsOf } from './slack-double.ts'
import type { SlackPerson } from './slack-person.ts'
import { openSlackSite, type SlackSite } from './slack-site.ts'

let site: SlackSite
const sourced = /Sourced/
const to = (channel: string, words: RegExp) => (one: Shown) =>
  one.channel === channel && words.test(wordsOf(one))
const told = (answer: string) =>
  JSON.parse(answer) as { response_type: string; text: string; blocks?: unknown[] }

beforeAll(async () => {
  site = await openSlackSite('http')
})
afterAll(() => site.close())

async function caughtUp(person: SlackPerson): Promise<void> {
  const from = site.double.shown.length
  await person.say('help')
  await site.double.seen(to(person.direct, /danger/), from)
}

/** A person whom a code of "salus staff link" made the demo's volunteer. */
async function linked(): Promise<SlackPerson> {
  const [volunteer] = await site.state().store.staff(localWorkspace)
  if (!volunteer) throw new Error('the demo has a volunteer')
  const parts = { store: site.state().store, clock: systemClock, random: systemRandom }
  const staff = site.person()
  const code = await makeLinkCode(parts, volunteer)
  expect(told(await staff.command(`link ${code}`)).text).toMatch(/acts as Sam/)
  return staff
}

/** The form or page that something opened. */
async function viewAfter(
  open: () => Promise<unknown>,
): Promise<{ readonly method: string; readonly view: View }> {
  const before = site.double.views.length
  await open()
  const shown = await until(async () => site.double.views[before])
  return { method: shown.method, view: JSON.parse(shown.view) as View }
}
interface View {
  readonly callback_id: string
  readonly private_metadata: string
  readonly blocks: readonly { readonly type: string; readonly elements?: readonly Pressed[] }[]
}
interface Pressed {
  readonly action_id: string
  readonly options?: readonly { readonly value: string }[]
  readonly option_groups?: readonly { readonly options: readonly { readonly value: string }[] }[]
}

/** What can be picked from a menu, with groups or without. */
function picksOf(menu: Pressed | undefined): readonly { readonly value: string }[] {
  return menu?.options ?? menu?.option_groups?.flatMap(({ options }) => options) ?? []
}

/** What Slack sends when a form is filled. */
function submitted(view: View, values: Readonly<Record<string, string>>) {
  const state = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { [name]: { type: 'plain_text_input', value } }]),
  )
  return { type: 'view_submission', view: { id: 'V1', hash: '1', ...view, state: { values: state } } }
}

describe('the staff room', () => {
  test('linked staff claim, open, snooze and resolve a case on its card; who is not linked does nothing', async () => {
    const boss = site.person()
    site.double.admins.add(boss.id)
    site.double.closedRooms.add(staffRoom)
    await boss.command('staff-room', staffRoom)
    const ana = site.person()
    const from = site.double.shown.length
    await ana.say('I want to kill myself tonight')
    const card = await site.double.seen(({ channel, thread }) => channel === staffRoom && !thread, from)
    expect(buttonsOf(card).map(({ label }) => label)).toEqual(['Claim', 'Open', 'Snooze 1 hour'])

    await site.person().press(card, /Claim/)
    const refused = await site.double.seen(
      ({ channel, only }) => channel === staffRoom && only !== undefined,
      from,
    )
    expect(wordsOf(refused)).toMatch(/not linked/)
    expect(wordsOf(card)).toMatch(/Waiting/)

    const staff = await linked()
    await staff.press(card, /Claim/)
    await until(async () => (/Sam has it/.test(wordsOf(card)) ? true : undefined))
    expect(buttonsOf(card).map(({ label }) => label)).toEqual(['Open', 'Snooze 1 hour', 'Resolve'])

    await staff.press(card, /Open/)
    const opened = await site.double.seen(({ only, text }) => only === staff.id && /http/.test(text), from)
    expect(opened.text).toMatch(/http:\/\/127\.0\.0\.1:\d+\//)

    await staff.press(card, /Snooze/)
    await until(async () => (/Put off/.test(wordsOf(card)) ? true : undefined))
    await staff.press(card, /Claim/)
    await until(async () => (/Sam has it/.test(wordsOf(card)) ? true : undefined))
    await staff.press(card, /Resolve/)
    await until(async () => (/Closed/.test(wordsOf(card)) ? true : undefined))
    expect(buttonsOf(card)).toEqual([])
    expect(JSON.stringify(site.double.shown.filter(({ channel }) => channel === staffRoom))).not.toMatch(
      /kill|tonight/,
    )
    expect(card.edits).toBeGreaterThan(0)
    await boss.command('staff-room off', staffRoom)
  })

  test('a code is good once, and a wrong one links nobody', async () => {
    expect(told(await site.person().command('link abcdefghij')).text).toMatch(/wrong or too old/)
  })

  test('only who administers the workspace says where cases are shown', async () => {
    expect(told(await site.person().command('staff-room', 'C0MINE')).text).toMatch(
      /Only somebody who manages/,
    )
  })
})

describe('/health', () => {
  test.each([
    ['', /What I can do|question/i],
    ['help', /question/i],
    ['privacy', /days/],
    ['person', /May they read/],
    ['mydata', /screen|sees/i],
    ['mydata delete', /delete/i],
    ['country', /country/i],
    ['country Germany', /Okay: Germany.*112/],
    ['language', /language/i],
    ['stop', /won't start any messages/],
    ['ask What helps a migraine?', sourced],
    ['What helps a migraine?', sourced],
  ])('%j is answered privately', async (words, answer) => {
    const ana = site.person()
    const acknowledged = told(await ana.command(words))
    expect(acknowledged).toMatchObject({ response_type: 'ephemeral', text: "I'm answering you privately." })
    await site.double.seen(to(ana.direct, answer))
    expect(site.double.shown.filter(({ channel, text }) => channel === room && answer.test(text))).toEqual([])
  })

  test('topics are a menu for whoever asked; one that is picked is answered', async () => {
    const ana = site.person()
    const list = told(await ana.command('topics'))
    expect(list.response_type).toBe('ephemeral')
    const [, actions] = list.blocks as { elements: Pressed[] }[]
    const [menu] = actions?.elements ?? []
    expect(picksOf(menu).length).toBeGreaterThan(20)
    const value = picksOf(menu).find((one) => /migraine/i.test(one.value))?.value ?? ''
    await ana.interact({
      type: 'block_actions',
      channel: { id: room },
      actions: [{ action_id: menu?.action_id, block_id: 'topics', selected_option: { value } }],
    })
    expect(wordsOf(await site.double.seen(to(ana.direct, sourced)))).toMatch(/migraine/i)
  })

  test('topics that there are none of, and tips, say so', async () => {
    const ana = site.person()
    expect(told(await ana.command('topics xyzzy')).text).toMatch(/nothing about that/)
    expect(told(await ana.command('tips')).text).toMatch(/none to subscribe to yet/)
  })

  test('ask and settings open a form', async () => {
    const ana = site.person()
    expect((await viewAfter(() => ana.command('ask'))).view.callback_id).toBe('form.ask')
    expect((await viewAfter(() => ana.command('settings'))).view.callback_id).toBe('form.settings')
  })

  test('what a command says is triaged like anything else', async () => {
    const ana = site.person()
    await ana.command('I took 20 paracetamol an hour ago')
    await site.double.seen(to(ana.direct, /999/))
  })
})

describe('the home tab', () => {
  const home = (person: SlackPerson) =>
    viewAfter(() =>
      person.deliver({ type: 'app_home_opened', user: person.id, channel: person.direct, tab: 'home' }),
    )
  const pressed = (person: SlackPerson, action: object) =>
    person.interact({
      type: 'block_actions',
      view: { id: 'VHOME', hash: '1' },
      container: { type: 'view' },
      actions: [action],
    })

  test('every control on it does something', async () => {
    const ana = site.person()
    const { method, view } = await home(ana)
    expect(method).toBe('views.publish')
    const controls = view.blocks
      .filter(({ type }) => type === 'actions')
      .flatMap(({ elements = [] }) => elements)
    expect(controls.map(({ action_id }) => action_id)).toEqual([
      'topic',
      'open.ask',
      'open.person',
      'open.settings',
      'do.data',
      'do.stop',
      'do.delete',
    ])
    for (const form of ['ask', 'person', 'settings']) {
      const opened = await viewAfter(() => pressed(ana, { action_id: `open.${form}`, block_id: 'home.ask' }))
      expect(opened.view.callback_id).toBe(`form.${form}`)
    }
    const topic = picksOf(controls.find(({ action_id }) => action_id === 'topic')).at(0)?.value ?? ''
    await pressed(ana, { action_id: 'topic', block_id: 'home.ask', selected_option: { value: topic } })
    await site.double.seen(to(ana.direct, sourced))
    for (const [action, answer] of [
      ['do.data', /screen|sees/i],
      ['do.stop', /won't start any messages/],
      ['do.delete', /delete/i],
    ] as const) {
      await pressed(ana, { action_id: action, block_id: 'home.own' })
      await site.double.seen(to(ana.direct, answer))
    }
  })

  test('says honestly that there is nothing to subscribe to, and shows no quiet hours while they do nothing', async () => {
    const { view } = await home(site.person())
    const text = JSON.stringify(view)
    expect(text).toMatch(/none to subscribe to yet/)
    expect(text).not.toMatch(/quiet/i)
    expect(text).toMatch(/999/)
  })
})

describe('forms', () => {
  test('"Escalate to a clinician" carries the message along, and asks privately what may be shared', async () => {
    const ana = site.person()
    const { view } = await viewAfter(() =>
      ana.interact({
        type: 'message_action',
        callback_id: 'escalate',
        channel: { id: room },
        message: { ts: '1.1', text: 'my knee has been swollen for a week' },
      }),
    )
    expect(view.callback_id).toBe('form.escalate')
    expect(view.private_metadata).toContain('swollen')
    await ana.interact(submitted(view, { text: 'it is worse today' }))
    const asked = await site.double.seen(to(ana.direct, /May they read/))
    await ana.press(asked, /yes|share/i)
    await site.double.seen(to(ana.direct, /Write here what you want them to know/))
    const cases = await site.state().store.cases(localWorkspace)
    expect(cases.some(({ topic }) => topic === 'message_of_somebody_else')).toBe(true)
    expect(site.double.shown.filter(to(room, /swollen|escalat/i))).toEqual([])
  })

  test('an alarm in a message that is escalated is answered as one', async () => {
    const ana = site.person()
    const { view } = await viewAfter(() =>
      ana.interact({
        type: 'message_action',
        callback_id: 'escalate',
        channel: { id: 'C0BROUGHT' },
        message: { ts: '1.1', text: 'I took 20 paracetamol an hour ago' },
      }),
    )
    const from = site.double.shown.length
    await ana.interact(submitted(view, {}))
    await site.double.seen(to(ana.direct, /999/), from)
    // Whoever wrote it reads the fixed line where they wrote, and nothing of who escalates it.
    const line = await site.double.seen(to('C0BROUGHT', /If anyone here is in danger/), from)
    expect(line.thread).toBe('1.1')
    expect(JSON.stringify(line)).not.toMatch(new RegExp(`paracetamol|escalat|${ana.id}`, 'i'))
    await caughtUp(ana)
    expect(site.double.shown.slice(from).filter(to('C0BROUGHT', /danger/))).toHaveLength(1)
  })

  describe('for somebody to whom no direct conversation opens', () => {
    const closedPerson = () => {
      const ana = site.person()
      site.double.closed.add(ana.id)
      return ana
    }
    const fill = async (ana: SlackPerson, text: string) => {
      const { view } = await viewAfter(() => ana.command('ask'))
      return ana.interact(submitted(view, { text }))
    }

    test('the form says itself that no answer may come, and what to do', async () => {
      const told = await fill(closedPerson(), 'What helps a migraine?')
      expect(JSON.parse(told)).toMatchObject({ response_action: 'update', view: { type: 'modal' } })
      expect(told).toMatch(/cannot write to you privately.*Open a chat with me/)
      expect(told).not.toMatch(/999|migraine/)
    })

    test('in danger it says whom to call, and repeats nothing', async () => {
      const told = await fill(closedPerson(), 'I want to kill myself tonight')
      expect(told).toMatch(/call.*999.*116 123.*cannot write to you privately/)
      expect(told).not.toMatch(/kill|tonight/)
    })

    test('the home tab opens a window that says so', async () => {
      const ana = closedPerson()
      const press = { action_id: 'do.data', block_id: 'home.own' }
      const { method, view } = await viewAfter(() =>
        ana.interact({ type: 'block_actions', actions: [press] }),
      )
      expect(method).toBe('views.open')
      expect(JSON.stringify(view)).toMatch(/cannot write to you privately/)
    })

    test('a checked claim is answered where only they see it', async () => {
      const ana = closedPerson()
      const from = site.double.shown.length
      await ana.interact({
        type: 'message_action',
        callback_id: 'check_claim',
        channel: { id: 'C0CLAIMED' },
        message: { ts: '1.1', text: 'drinking bleach cures covid' },
        response_url: site.double.answerUrl('C0CLAIMED', ana.id),
      })
      const answer = await site.double.seen(({ only }) => only === ana.id, from)
      expect(wordsOf(answer)).toMatch(/Sourced|999|poison/i)
    })
  })

  test('a form of somebody who can be written to closes; in danger it shows the numbers first', async () => {
    const ana = site.person()
    const { view } = await viewAfter(() => ana.command('ask'))
    expect(await ana.interact(submitted(view, { text: 'What helps a migraine?' }))).toBe('')
    const told = await ana.interact(submitted(view, { text: 'I want to kill myself tonight' }))
    expect(told).toMatch(/999.*116 123.*answering you privately/)
    expect(told).not.toMatch(/kill|tonight/)
  })

  test('escalated from a direct conversation of two, nothing is said there', async () => {
    const ana = site.person()
    const { view } = await viewAfter(() =>
      ana.interact({
        type: 'message_action',
        callback_id: 'escalate',
        channel: { id: 'D0OTHERS' },
        message: { ts: '1.1', text: 'I took 20 paracetamol an hour ago' },
      }),
    )
    await ana.interact(submitted(view, {}))
    await site.double.seen(to(ana.direct, /999/))
    await caughtUp(ana)
    expect(site.double.shown.filter(({ channel }) => channel === 'D0OTHERS')).toEqual([])
  })

  test('a time is told in the zone that the person set in Slack', async () => {
    const ana = site.person()
    site.double.zones.set(ana.id, 'Asia/Kathmandu')
    const lookedUp = () =>
      site.double.calls.some(({ method, given }) => method === 'users.info' && given.user === ana.id)
    await caughtUp(ana)
    await until(async () => (lookedUp() ? true : undefined))
    await caughtUp(ana)
    await ana.say('talk to a person')
    await ana.press(await site.double.seen(to(ana.direct, /May they read/)), /share/i)
    const opened = await site.double.seen(to(ana.direct, /Write here what you want them to know/))
    expect(wordsOf(opened)).toMatch(/by \d\d:\d\d GMT\+5:45/)
  })

  test('"Talk to a person" may be left empty', async () => {
    const ana = site.person()
    const opened = { action_id: 'open.person', block_id: 'home.ask' }
    const { view } = await viewAfter(() => ana.interact({ type: 'block_actions', actions: [opened] }))
    // Slack closes the form for an empty answer, and takes any but a form's own for an error.
    expect(await ana.interact(submitted(view, {}))).toBe('')
    await site.double.seen(to(ana.direct, /May they read/))
  })

  test('preferences set the country, and what is left empty stays', async () => {
    const ana = site.person()
    const { view } = await viewAfter(() => ana.command('settings'))
    await ana.interact(submitted(view, { country: 'Germany' }))
    await site.double.seen(to(ana.direct, /Okay: Germany.*112/))
    const from = site.double.shown.length
    await ana.interact(submitted(view, {}))
    await caughtUp(ana)
    expect(site.double.shown.slice(from).filter(to(ana.direct, /Okay:/))).toEqual([])
  })

  test('"Check this claim" on a picture says that it cannot be read', async () => {
    const ana = site.person()
    const on = { channel: { id: room }, message: { ts: '1.1', text: '' } }
    await ana.interact({ type: 'message_action', callback_id: 'check_claim', ...on })
    await site.double.seen(to(ana.direct, /Tell me in words/))
  })

  test('"Check this claim" answers privately', async () => {
    const ana = site.person()
    const message = { ts: '1.1', text: 'Is it true that a migraine is just a headache?' }
    await ana.interact({ type: 'message_action', callback_id: 'check_claim', channel: { id: room }, message })
    await site.double.seen(to(ana.direct, sourced))
    expect(site.double.shown.filter(to(room, /migraine/i))).toEqual([])
  })
})

describe('the assistant panel', () => {
  const calls = (method: string) => site.double.calls.filter((one) => one.method === method)

  test('suggests questions, shows that it looks, and answers in the thread', async () => {
    const ana = site.person()
    const thread = site.double.ts()
    await ana.deliver({
      type: 'assistant_thread_started',
      assistant_thread: { user_id: ana.id, channel_id: ana.direct, thread_ts: thread, context: {} },
    })
    const suggested = await until(async () => calls('assistant.threads.setSuggestedPrompts').at(-1))
    expect(suggested.given).toMatchObject({ channel_id: ana.direct, thread_ts: thread })
    const prompts = suggested.given.prompts as { title: string; message: string }[]
    expect(prompts).toHaveLength(4)

    await ana.deliver(ana.message(ana.direct, prompts[0]?.message ?? '', { thread_ts: thread }))
    const answer = await site.double.seen(to(ana.direct, sourced))
    expect(answer.thread).toBe(thread)
    const status = await until(async () => calls('assistant.threads.setStatus').at(-1))
    expect(status.given).toMatchObject({ thread_ts: thread, status: expect.stringMatching(/looking/) })
  })

  test('a direct message outside it has no status', async () => {
    const before = calls('assistant.threads.setStatus').length
    const ana = site.person()
    await ana.say('What helps a migraine?')
    await site.double.seen(to(ana.direct, sourced))
    expect(calls('assistant.threads.setStatus')).toHaveLength(before)
  })
})
