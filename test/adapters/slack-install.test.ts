import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../web/site.ts'
import { buttonsOf, room, type Shown, type Tenant, wordsOf } from './slack-double.ts'
import { openSlackSite, type SlackSite } from './slack-site.ts'

let site: SlackSite
const sourced = /Sourced/
const to = (channel: string, words: RegExp) => (one: Shown) =>
  one.channel === channel && words.test(wordsOf(one))
let tenants = 0
const newTenant = (more: Partial<Tenant> = {}): Tenant => {
  tenants += 1
  return { team: `T${tenants}TEAM`, bot: `U${tenants}BOT`, name: `Team ${tenants}`, ...more }
}

/** Begins an installation as a browser does. Resolves to the state, its cookie and the consent page's address. */
async function begin() {
  const page = await fetch(`${site.url()}/slack/install`)
  const address = /href="([^"]+)"/.exec(await page.text())?.[1]?.replaceAll('&amp;', '&') ?? ''
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? ''
  return { state: new URL(address).searchParams.get('state') ?? '', cookie, address }
}

/** Comes back from the consent page. */
async function comeBack(query: Readonly<Record<string, string>>, cookie: string) {
  const address = `${site.url()}/slack/oauth_redirect?${new URLSearchParams(query)}`
  const answer = await fetch(address, { headers: { cookie }, redirect: 'manual' })
  return { status: answer.status, text: await answer.text() }
}

async function install(tenant: Tenant, expiresIn?: number): Promise<void> {
  const { state, cookie } = await begin()
  const { status } = await comeBack({ code: site.double.consent(tenant, expiresIn), state }, cookie)
  expect(status).toBe(200)
}

/** Calls that name somebody; what others of before still have on its way is none of them. */
const callsAbout = ({ id }: { readonly id: string }) =>
  site.double.calls.filter(({ given }) => JSON.stringify(given).includes(id))
const calls = (method: string) => site.double.calls.filter((one) => one.method === method)

beforeAll(async () => {
  site = await openSlackSite('oauth')
})
afterAll(() => site.close())

describe('an installation by OAuth', () => {
  test('leads to the consent page with the scopes, the client and where to come back to', async () => {
    const { address } = await begin()
    const asked = new URL(address)
    expect(asked.pathname).toBe('/authorize')
    expect(asked.searchParams.get('client_id')).toBe('client')
    expect(asked.searchParams.get('scope')).toContain('im:history')
    expect(asked.searchParams.get('redirect_uri')).toMatch(/\/slack\/oauth_redirect$/)
  })

  test('a state that is forged, missing, or of another browser is 400, and no code is used', async () => {
    const { state, cookie } = await begin()
    const code = site.double.consent(newTenant())
    const before = calls('oauth.v2.access').length
    const forged = 'eyJhbGciOiJIUzI1NiJ9.eyJub3ciOjF9.forged'
    for (const [query, jar] of [
      [{ code, state: forged }, cookie],
      [{ code, state: forged }, `slack-app-oauth-state=${forged}`],
      [{ code }, cookie],
      [{ code, state }, ''],
      [{ state }, cookie],
    ] as const) {
      expect((await comeBack(query, jar)).status).toBe(400)
    }
    expect(calls('oauth.v2.access')).toHaveLength(before)
  })

  test('somebody who says no on the consent page installs nothing', async () => {
    const { state, cookie } = await begin()
    expect((await comeBack({ error: 'access_denied', state }, cookie)).status).toBe(400)
  })

  test('two workspaces are answered each by its own token, and know nothing of each other', async () => {
    const [one, two] = [newTenant(), newTenant()]
    await install(one)
    await install(two)
    const [ana, ben] = [site.person(one), site.person(two)]
    await ana.say('What helps a migraine?')
    await ben.say('What helps a migraine?')
    expect((await site.double.seen(to(ana.direct, sourced))).team).toBe(one.team)
    expect((await site.double.seen(to(ben.direct, sourced))).team).toBe(two.team)
    const { store } = site.state()
    const workspaces = await store.workspaces()
    const contacts = await Promise.all(
      workspaces
        .filter(({ name }) => name === one.name || name === two.name)
        .map(({ id }) => store.contacts(id)),
    )
    expect(contacts.map(({ length }) => length)).toEqual([1, 1])
  })

  test('a case of one workspace is not shown in the staff room of the other', async () => {
    const [one, two] = [newTenant(), newTenant()]
    await install(one)
    await install(two)
    const boss = site.person(two)
    site.double.admins.add(boss.id)
    site.double.closedRooms.add('C0STAFF2')
    expect(await boss.command('staff-room', 'C0STAFF2')).toMatch(/shown here/)
    const [ana, ben] = [site.person(one), site.person(two)]
    await ana.say('I want to kill myself tonight')
    await site.double.seen(to(ana.direct, /116 123/))
    await ben.say('I want to kill myself tonight')
    await site.double.seen(({ channel }) => channel === 'C0STAFF2')
    await ben.say('help')
    await site.double.seen(to(ben.direct, /What I can do|danger/))
    expect(
      new Set(site.double.shown.filter(({ channel }) => channel === 'C0STAFF2').map(({ team }) => team)),
    ).toEqual(new Set([two.team]))
    expect(site.double.shown.filter(({ channel, thread }) => channel === 'C0STAFF2' && !thread)).toHaveLength(
      1,
    )
  })

  test('no byte of the data folder tells a token, a team or a person', async () => {
    const tenant = newTenant()
    await install(tenant, 43_200)
    const ana = site.person(tenant)
    await ana.say('What helps a migraine?')
    await site.double.seen(to(ana.direct, sourced))
    const secrets = [...site.double.tokens]
      .filter(([, { team }]) => team === tenant.team)
      .map(([token]) => token)
    expect(secrets).toHaveLength(1)
    const names = (await readdir(site.folder, { recursive: true, withFileTypes: true })).filter((one) =>
      one.isFile(),
    )
    expect(names.map(({ name }) => name)).toContain('salus.db')
    for (const { parentPath, name } of names) {
      const bytes = await readFile(join(parentPath, name))
      for (const word of [...secrets, 'xoxe-', tenant.team, `${tenant.team}:${ana.id}`, ana.direct])
        expect(bytes.includes(word), `${word} in ${name}`).toBe(false)
    }
  })

  test('after a restart the installation is still there', async () => {
    const tenant = newTenant()
    await install(tenant)
    await site.restart()
    const ana = site.person(tenant)
    await ana.say('What helps a migraine?')
    await site.double.seen(to(ana.direct, sourced))
  })
})

describe('tokens that rotate', () => {
  test('are renewed before they expire, once for many events, and the new one is used and kept', async () => {
    const tenant = newTenant()
    await install(tenant, 3_600)
    const old = [...site.double.tokens].find(([, { team }]) => team === tenant.team)?.[0] ?? ''
    const before = calls('oauth.v2.access').length
    site.double.tokens.delete(old)
    const people = Array.from({ length: 5 }, () => site.person(tenant))
    await Promise.all(people.map((one) => one.say('What helps a migraine?')))
    for (const { direct } of people) await site.double.seen(to(direct, sourced))
    const renewals = calls('oauth.v2.access').slice(before)
    expect(renewals.map(({ given }) => given.grant_type)).toEqual(['refresh_token'])
    await site.restart()
    const [again] = people
    await again?.say('What are the signs of measles?')
    await site.double.seen(to(again?.direct ?? '', /measles/i))
    expect(calls('oauth.v2.access')).toHaveLength(before + 1)
  })

  test('one that lasts long enough is left alone', async () => {
    const tenant = newTenant()
    await install(tenant, 43_200)
    const before = calls('oauth.v2.access').length
    const ana = site.person(tenant)
    await ana.say('What helps a migraine?')
    await site.double.seen(to(ana.direct, sourced))
    expect(calls('oauth.v2.access')).toHaveLength(before)
  })
})

describe('who removes the app', () => {
  test.each([
    ['app_uninstalled', {}],
    ['tokens_revoked', { tokens: { oauth: [], bot: ['U0'] } }],
  ])(
    '%s: the token is forgotten, staff are shown nothing more, and nothing is answered',
    async (type, more) => {
      const tenant = newTenant()
      await install(tenant)
      const boss = site.person(tenant)
      site.double.admins.add(boss.id)
      site.double.closedRooms.add('C0GONE')
      await boss.command('staff-room', 'C0GONE')
      await boss.command('watch on', 'C0WATCHED')
      const ana = site.person(tenant)
      await ana.deliver({ type, ...more })
      await ana.say('I want to kill myself tonight')
      await ana.command('What helps a migraine?')
      const { store } = site.state()
      const [workspace] = (await store.workspaces()).filter(({ name }) => name === tenant.name)
      if (!workspace) throw new Error('no workspace')
      expect(await store.settings(workspace.id, 'installation')).toEqual([])
      expect(await store.settings(workspace.id, 'staff_room')).toEqual([])
      expect(await store.settings(workspace.id, 'room')).toEqual([])
      expect(await store.contacts(workspace.id)).toEqual([])
      expect(callsAbout(ana)).toEqual([])
    },
  )

  test("a person's own token is not the bot's: nothing is forgotten", async () => {
    const tenant = newTenant()
    await install(tenant)
    const ana = site.person(tenant)
    await ana.deliver({ type: 'tokens_revoked', tokens: { oauth: ['U0'], bot: [] } })
    await ana.say('What helps a migraine?')
    await site.double.seen(to(ana.direct, sourced))
  })

  test('who installs it again is answered again', async () => {
    const tenant = newTenant()
    await install(tenant)
    const ana = site.person(tenant)
    await ana.deliver({ type: 'app_uninstalled' })
    await install(tenant)
    await ana.say('What helps a migraine?')
    await site.double.seen(to(ana.direct, sourced))
  })
})

test('a workspace without an installation is acknowledged, and nothing runs', async () => {
  const ana = site.person(newTenant())
  const event = await ana.say('I want to kill myself tonight')
  expect(await ana.deliver(event)).toBe(200)
  expect(await ana.interact({ type: 'shortcut', callback_id: 'ask_privately' })).toBe('')
  expect(callsAbout(ana)).toEqual([])
})

describe('a channel that two workspaces share', () => {
  const membersOf = async (tenant: Tenant) => {
    const { store } = site.state()
    const workspace = (await store.workspaces()).find(({ name }) => name === tenant.name)
    return workspace ? (await store.contacts(workspace.id)).length : undefined
  }
  /** Slack tells it to the first installation; who wrote is a member of another workspace. */
  const mentions = async (
    channel: string,
    to: Tenant,
    wrote: Readonly<Record<string, string>>,
    text: string,
  ) => {
    const ana = site.person(to)
    const event = ana.message(channel, `<@${to.bot}> ${text}`, wrote)
    await ana.deliver({ ...event, type: 'app_mention', channel_type: undefined })
    await ana.deliver(event)
    return { ana, ts: event.ts }
  }

  test.each(['user_team', 'source_team'])(
    'who wrote is a member of the workspace that %s names, and is answered by its bot alone, by the other in the room',
    async (told) => {
      const [one, two] = [newTenant(), newTenant()]
      await install(one)
      await install(two)
      const channel = `C0SHARED${told}`
      const wrote = { [told]: two.team }
      const { ts } = await mentions(channel, one, wrote, 'What are the signs of a stroke?')
      const open = await site.double.seen((one) => one.thread === ts && sourced.test(wordsOf(one)))
      expect(open.team).toBe(one.team)
      const { ana, ts: danger } = await mentions(channel, one, wrote, 'I want to kill myself tonight')
      expect((await site.double.seen(to(ana.direct, /116 123/))).team).toBe(two.team)
      const line = await site.double.seen(({ thread }) => thread === danger)
      expect(line.team).toBe(one.team)
      expect([await membersOf(one), await membersOf(two)]).toEqual([0, 2])

      // A press there comes with both, and an edit with the message.
      const from = site.double.shown.length
      const answer = buttonsOf(open).find(({ label }) => /helped|useful/i.test(label))
      if (!answer) throw new Error('no button')
      const { block_id, action_id, value } = answer
      await ana.interact({
        type: 'block_actions',
        user: { id: ana.id, team_id: two.team },
        team: { id: one.team },
        channel: { id: channel },
        message: { ts: open.ts, thread_ts: ts },
        actions: [{ block_id, action_id, value, type: 'button' }],
      })
      await site.double.seen((shown) => /Good to know/.test(wordsOf(shown)), from)
      expect(await membersOf(one)).toBe(0)
    },
  )

  test('where theirs never installed the app they are of the first, and no workspace is made for them', async () => {
    const one = newTenant()
    await install(one)
    const before = (await site.state().store.workspaces()).length
    const { ts } = await mentions(
      'C0SHARED2',
      one,
      { user_team: 'T0ELSEWHERE' },
      'What are the signs of a stroke?',
    )
    await site.double.seen(({ thread, team }) => thread === ts && team === one.team)
    expect(await membersOf(one)).toBe(1)
    expect(await site.state().store.workspaces()).toHaveLength(before)
  })

  test('is watched for members of both when one of them decided so', async () => {
    const [one, two] = [newTenant(), newTenant()]
    await install(one)
    await install(two)
    const boss = site.person(one)
    site.double.admins.add(boss.id)
    await boss.command('watch on', 'C0SHARED3')
    const ana = site.person(one)
    const { ts } = ana.message('C0SHARED3', '')
    const event = ana.message('C0SHARED3', 'I want to kill myself tonight', { user_team: two.team })
    await ana.deliver({ ...event, ts })
    expect(wordsOf(await site.double.seen(({ thread }) => thread === ts))).toMatch(
      /If anyone here is in danger/,
    )
  })

  test('a person in a direct conversation is of the workspace whose bot it is with', async () => {
    const [one, two] = [newTenant(), newTenant()]
    await install(one)
    await install(two)
    const ana = site.person(one)
    await ana.deliver(ana.message(ana.direct, 'What helps a migraine?', { user_team: two.team }))
    expect((await site.double.seen(to(ana.direct, sourced))).team).toBe(one.team)
    expect([await membersOf(one), await membersOf(two)]).toEqual([1, 0])
  })
})

describe('an Enterprise Grid organisation that installed it as a whole', () => {
  const enterprise = 'E0ORG'
  const org = { enterprise, whole: true } as const

  test('is answered in each of its workspaces, in messages, commands, forms and the home tab', async () => {
    await install(newTenant(org))
    const ana = site.person(newTenant(org))
    await ana.say('What helps a migraine?')
    await site.double.seen(to(ana.direct, sourced))

    const ben = site.person(newTenant(org))
    await ben.command('What are the signs of measles?')
    await site.double.seen(to(ben.direct, /measles/i))

    const before = site.double.views.length
    await ben.interact({ type: 'shortcut', callback_id: 'ask_privately' })
    await until(async () => site.double.views[before])
    await ben.deliver({ type: 'app_home_opened', user: ben.id, channel: ben.direct, tab: 'home' })
    await until(async () => site.double.views.slice(before).find(({ method }) => method === 'views.publish'))
  })

  test('the notice stands in a room that it joins', async () => {
    const tenant = newTenant(org)
    await install(tenant)
    await site.person(tenant).deliver({ type: 'member_joined_channel', user: tenant.bot, channel: 'C0NEW' })
    expect(wordsOf(await site.double.seen(({ channel }) => channel === 'C0NEW'))).toMatch(/not watching/)
  })

  test('its workspaces are kept apart', async () => {
    const [one, two] = [newTenant(org), newTenant(org)]
    await install(one)
    const { store } = site.state()
    const before = (await store.workspaces()).length
    await site.person(one).say('What helps a migraine?')
    await site.person(two).say('What helps a migraine?')
    expect((await store.workspaces()).length - before).toBe(2)
  })

  test('who removes it removes it from all', async () => {
    const tenant = newTenant({ enterprise: 'E0GONE', whole: true })
    await install(tenant)
    const ana = site.person(tenant)
    await ana.deliver({ type: 'app_uninstalled' })
    const from = site.double.shown.length
    const other = site.person(newTenant({ enterprise: 'E0GONE', whole: true }))
    await other.mention('What are the signs of a stroke?')
    expect(site.double.shown.slice(from).filter(({ channel }) => channel === room)).toEqual([])
  })
})
