import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { checkSlack } from '../../src/adapters/slack/check.ts'
import { subcommands } from '../../src/adapters/slack/commands.ts'
import { callbacks } from '../../src/adapters/slack/forms.ts'
import { parseInteraction } from '../../src/adapters/slack/interact.ts'
import { events, manifest, scopes } from '../../src/adapters/slack/manifest.ts'
import { parseEvent } from '../../src/adapters/slack/parse.ts'
import { slackManifest } from '../../src/slack-manifest.ts'
import { appToken, botToken, botUser, eventBody, SlackDouble } from './slack-double.ts'

describe('what doctor finds', () => {
  const double = new SlackDouble()
  let addresses: { readonly api: string }
  beforeAll(async () => {
    await double.start()
    addresses = { api: double.environment('http').SLACK_API_URL ?? '' }
  })
  afterAll(() => double.stop())
  beforeEach(() => {
    double.granted = [...scopes]
  })

  test('an app that has what it needs passes', async () => {
    const found = await checkSlack({ botToken, appToken, addresses })
    expect(found.map(({ state }) => state)).toEqual(['ok', 'ok'])
  })

  test('a refused token names the click that makes a new one', async () => {
    const found = await checkSlack({ botToken: 'xoxb-other', appToken: 'xapp-other', addresses })
    expect(found.map(({ state }) => state)).toEqual(['fail', 'fail'])
    expect(found[0]?.todo).toContain('Reinstall to Workspace')
    expect(found[1]?.todo).toContain('connections:write')
  })

  test('scopes that are missing are named', async () => {
    double.granted = scopes.filter((scope) => scope !== 'im:write')
    const [, lacking] = await checkSlack({ botToken, addresses })
    expect(lacking).toMatchObject({ state: 'fail', text: expect.stringContaining('im:write') })
  })

  test('a Slack that cannot be reached', async () => {
    const [only] = await checkSlack({ botToken, addresses: { api: 'http://127.0.0.1:9/api/' } })
    expect(only).toMatchObject({ state: 'fail', todo: 'Let this machine reach 127.0.0.1:9.' })
  })
})

describe('slack/manifest.yaml', () => {
  const one = { publicUrl: 'https://salus.example', socket: false, many: false }

  test('is what "salus slack manifest" prints', () => {
    const file = readFileSync(join(import.meta.dirname, '../../slack/manifest.yaml'), 'utf8')
    expect(file).toBe(slackManifest(one))
  })

  test('every event that it subscribes to is listened to, and no other is', () => {
    const base = { channel: 'C1', user: 'U1', text: 'hello', ts: '1700000001.000100' }
    const more: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
      'message.im': { channel: 'D1', channel_type: 'im' },
      'message.channels': { channel_type: 'channel', text: `<@${botUser}> hello` },
      'message.groups': { channel_type: 'group', text: `<@${botUser}> hello` },
      tokens_revoked: { tokens: { oauth: [], bot: [botUser] } },
      assistant_thread_started: {
        assistant_thread: { user_id: 'U1', channel_id: 'D1', thread_ts: '1700000001.000100' },
      },
      member_joined_channel: { user: botUser },
    }
    for (const name of events) {
      const type = name.split('.')[0]
      expect(parseEvent(eventBody({ ...base, ...more[name], type }), botUser), name).toHaveProperty('kind')
    }
  })

  test('every shortcut that it registers does something', () => {
    const { shortcuts } = manifest(one).features
    const registered: readonly string[] = shortcuts.map(({ callback_id }) => callback_id)
    expect(registered).toEqual([callbacks.ask, callbacks.escalate, callbacks.check])
    for (const { callback_id, type } of shortcuts) {
      const pressed = {
        type: type === 'global' ? 'shortcut' : 'message_action',
        callback_id,
        trigger_id: '1',
        user: { id: 'U1' },
        team: { id: 'T1' },
        message: { ts: '1', text: 'garlic cures cancer' },
      }
      expect(parseInteraction(pressed), callback_id).toHaveProperty('kind')
    }
  })

  test('docs/channels.md names what may follow the command, and each does something of its own', () => {
    const doc = readFileSync(join(import.meta.dirname, '../../docs/channels.md'), 'utf8')
    const slack = doc.slice(doc.indexOf('## Slack'))
    const more: Readonly<Record<string, string>> = {
      link: ' abcdefghij',
      watch: ' on',
      quiet: ' on',
      sensitive: ' on',
    }
    for (const name of subcommands) {
      expect(slack, name).toMatch(new RegExp(`\\x60(/health )?${name}( on| CODE)?\\x60`))
      if (name === 'ask') continue
      const given = { command: '/health', text: `${name}${more[name] ?? ''}`, user_id: 'U1', team_id: 'T1' }
      const read = parseInteraction({ ...given, channel_id: 'C1', trigger_id: '1' })
      expect(read, name).not.toMatchObject({ bodies: [{ kind: 'text' }] })
    }
  })

  test('tokens rotate only where they are kept: never one that stands in the configuration', () => {
    expect(manifest(one).settings.token_rotation_enabled).toBe(false)
    expect(manifest({ ...one, many: true }).settings.token_rotation_enabled).toBe(true)
  })

  test('in Socket Mode no address of ours is named', () => {
    expect(slackManifest({ ...one, socket: true })).not.toContain('salus.example')
  })
})
