import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CheckParts, checkTeams } from '../../src/adapters/teams/check.ts'
import { app, TeamsDouble, tenant } from './teams-double.ts'

let double: TeamsDouble
beforeAll(async () => {
  double = await new TeamsDouble().start()
})
afterAll(() => double.stop())

const parts = (secret = app.secret): CheckParts => ({
  app: { id: app.id, tenant, credential: { kind: 'secret', secret } },
  addresses: { metadata: `${double.url}/openid`, login: `${double.url}/login` },
  publicUrl: 'https://chat.clinic.example',
  now: () => 0,
  id: () => 'id',
})
const states = async (given: CheckParts) => (await checkTeams(given)).map(({ state }) => state)

describe('what doctor finds about Teams', () => {
  it('is all well where Microsoft gives a token and keys, and names the endpoint to enter', async () => {
    const found = await checkTeams(parts())
    expect(found.map(({ state }) => state)).toEqual(['ok', 'ok', 'ok'])
    expect(found.at(-1)?.text).toContain('https://chat.clinic.example/api/messages')
  })

  it('is a wrong secret, with the click that makes a new one, and without the secret', async () => {
    const [token] = await checkTeams(parts('an-old-one'))
    expect(token).toMatchObject({ state: 'fail', todo: expect.stringContaining('New client secret') })
    expect(JSON.stringify(token)).not.toContain('an-old-one')
  })

  it('is a login service that cannot be reached', async () => {
    expect(
      await states({
        ...parts(),
        addresses: { login: 'http://127.0.0.1:1/x', metadata: `${double.url}/openid` },
      }),
    ).toEqual(['fail', 'ok', 'ok'])
  })

  it('is a certificate that is not there', async () => {
    const credential = { kind: 'certificate', file: '/nowhere/at/all.pem' } as const
    const [token] = await checkTeams({ ...parts(), app: { id: app.id, tenant, credential } })
    expect(token).toMatchObject({ state: 'fail', text: expect.stringContaining('TEAMS_CERTIFICATE_FILE') })
  })

  it('is a directory of keys that cannot be read', async () => {
    const addresses = { metadata: `${double.url}/nothing`, login: `${double.url}/login` }
    expect(await states({ ...parts(), addresses })).toEqual(['ok', 'fail', 'ok'])
  })

  it('is a public address without TLS', async () => {
    expect(await states({ ...parts(), publicUrl: 'http://127.0.0.1:8080' })).toEqual(['ok', 'ok', 'fail'])
  })

  it('is development that must not stay', async () => {
    const { app: _none, ...open } = parts()
    expect(await states(open)).toEqual(['warn'])
  })
})
