import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { checkDiscord } from '../../src/adapters/discord/check.ts'
import { application, DiscordDouble, guild, token } from './discord-double.ts'

const double = new DiscordDouble()
beforeAll(() => double.start())
afterAll(() => double.stop())
beforeEach(() => {
  double.guilds = [guild]
  double.permissions = String((1n << 10n) | (1n << 11n) | (1n << 16n) | (1n << 35n) | (1n << 38n))
})

async function found(
  more: { readonly token?: string; readonly guild?: string; readonly messageContent?: boolean } = {},
) {
  const addresses = { api: `${double.url}/api` }
  return checkDiscord({ token, messageContent: false, addresses, ...more })
}

test('a bot that has what it needs passes', async () => {
  expect((await found()).map(({ state }) => state)).toEqual(['ok', 'ok'])
})

test('a refused token names the click that makes a new one', async () => {
  expect(await found({ token: 'another' })).toEqual([
    expect.objectContaining({ state: 'fail', todo: expect.stringContaining('Reset Token') }),
  ])
})

test('permissions that are missing are named, with the link that grants them', async () => {
  double.permissions = String(1n << 10n)
  const [, server] = await found()
  expect(server?.text).toContain('Create Public Threads')
  expect(server?.todo).toContain(`client_id=${application}`)
})

test('an administrator has every permission', async () => {
  double.permissions = '8'
  expect((await found()).map(({ state }) => state)).toEqual(['ok', 'ok'])
})

test('the intent that was asked for and not granted', async () => {
  const refused = (await found({ messageContent: true })).filter(({ state }) => state === 'fail')
  expect(refused.map(({ todo }) => todo).join()).toContain('Message Content Intent')
})

test('no server, and not the one that is configured', async () => {
  expect((await found({ guild: '199999999999999999' })).at(-1)?.text).toContain('DISCORD_GUILD_ID')
  double.guilds = []
  expect((await found()).at(-1)?.text).toContain('in no server')
})

test('a Discord that cannot be reached', async () => {
  const [only] = await checkDiscord({
    token,
    messageContent: false,
    addresses: { api: 'http://127.0.0.1:9/api' },
  })
  expect(only).toMatchObject({ state: 'fail', todo: 'Let this machine reach 127.0.0.1:9.' })
})
