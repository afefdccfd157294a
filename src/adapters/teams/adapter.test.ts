import { describe, expect, it } from 'vitest'
import type { ChannelHost } from '../../core/channel-host.ts'
import { asId, type Urn, type WorkspaceId } from '../../core/ids.ts'
import type { JsonObject } from '../../core/json.ts'
import { createTeamsAdapter } from './adapter.ts'
import { directRef, refOf, type TeamsPlace, urnOf } from './place.ts'

const workspace = asId<WorkspaceId>('local')
const place: TeamsPlace = {
  tenant: 'tenant',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  scope: 'channel',
  conversation: '19:a@thread.tacv2;messageid=1',
  user: '29:ana:with:colons',
  bot: '28:bot',
}

function adapterWith(known: JsonObject | undefined) {
  const settings = { setting: async () => known } as unknown as ChannelHost['settings']
  return createTeamsAdapter({
    serviceUrls: [],
    addresses: {},
    host: { settings, workspaceOf: async () => workspace, report: () => {} } as unknown as ChannelHost,
    now: () => 0,
    sleep: async () => {},
    id: () => 'id',
    known: async () => false,
  })
}

describe('the personal chat of somebody', () => {
  const { serviceUrl, bot, tenant } = place

  it('is the same, wherever they were met', () => {
    const adapter = adapterWith(undefined)
    const personal = refOf(workspace, { ...place, scope: 'personal', conversation: 'a:chat' })
    const fromChannel = adapter.directOf?.(refOf(workspace, place))
    expect(fromChannel?.key).toBe(personal.key)
    expect(fromChannel?.surface).toBe('direct')
    expect(refOf(workspace, place).key).not.toBe(personal.key)
  })

  it('is found from their address by where the tenant was last heard from', async () => {
    const found = await adapterWith({ tenant, serviceUrl, bot }).openDirect(urnOf(place))
    expect(found).toEqual(directRef(workspace, place))
  })

  it('is not found in a tenant that was never heard from, or from no address', async () => {
    expect(await adapterWith(undefined).openDirect(urnOf(place))).toBeUndefined()
    expect(await adapterWith({}).openDirect(asId<Urn>('teams:'))).toBeUndefined()
  })

  it('is never stood in for by a shared place', async () => {
    const adapter = adapterWith(undefined)
    const [part] = adapter.render({ elements: [{ kind: 'paragraph', text: 'x' }], audience: 'sender-only' })
    const sent = await adapter.send(refOf(workspace, place), part, 'private', asId('key'))
    expect(sent).toEqual({ kind: 'unreachable', reason: 'closed_direct' })
  })

  it('has a key that names nobody', () => {
    expect(refOf(workspace, place).key).toMatch(/^teams:[\w-]{32}$/)
  })
})
