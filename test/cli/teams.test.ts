import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMachine, goodSetup, type Machine } from './run.ts'

const app = {
  TEAMS_APP_ID: '5ab1c0de-0000-4000-8000-000000000001',
  TEAMS_TENANT_ID: '7e7a0000-0000-4000-8000-000000000002',
  TEAMS_APP_PASSWORD: 'not-a-secret',
}
const machines: Machine[] = []

async function setUp(environment: Readonly<Record<string, string>>): Promise<Machine> {
  const machine = await createMachine('content', environment)
  machines.push(machine)
  const file = join(machine.folder, 'setup.yaml')
  await writeFile(file, goodSetup)
  await machine.run(['setup', '--from', file])
  return machine
}

afterAll(() => Promise.all(machines.map((machine) => machine.remove())))

describe('salus teams package', () => {
  let machine: Machine
  beforeAll(async () => {
    machine = await setUp({ ...app, SALUS_PUBLIC_URL: 'https://chat.clinic.example' })
  })

  it('writes a zip file with the bot, the organisation and its privacy notice', async () => {
    const file = join(machine.folder, 'app.zip')
    const { code, out } = await machine.run(['teams', 'package', '--out', file])
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(file) })
    const files = unzipSync(new Uint8Array(await readFile(file)))
    const manifest = JSON.parse(Buffer.from(files['manifest.json'] ?? []).toString('utf8')) as unknown
    expect(manifest).toMatchObject({
      id: app.TEAMS_APP_ID,
      developer: { name: 'Riverside Clinic', privacyUrl: 'https://clinic.example/privacy' },
      bots: [{ botId: app.TEAMS_APP_ID }],
    })
  })

  it.each<[string, Record<string, string>, RegExp]>([
    ['without a bot', { SALUS_PUBLIC_URL: 'https://chat.clinic.example' }, /TEAMS_APP_ID is not set/],
    ['without TLS', app, /SALUS_PUBLIC_URL is not https/],
    [
      'with an id that is none',
      { ...app, TEAMS_APP_ID: 'salus', SALUS_PUBLIC_URL: 'https://chat.clinic.example' },
      /TEAMS_APP_ID is no application id/,
    ],
  ])('%s says what is missing', async (_what, environment, says) => {
    const other = await setUp(environment)
    const { code, err } = await other.run(['teams', 'package'])
    expect(code).toBe(2)
    expect(err).toMatch(says)
  })
})

describe('settings of Teams', () => {
  it.each<[Record<string, string>, RegExp]>([
    [{ TEAMS_APP_ID: app.TEAMS_APP_ID }, /TEAMS_TENANT_ID/],
    [{ ...app, TEAMS_APP_PASSWORD: '' }, /needs one of/],
    [{ ...app, TEAMS_MANAGED_IDENTITY: 'on' }, /needs one of/],
    [{ TEAMS_APP_PASSWORD: 'x' }, /TEAMS_APP_ID is needed/],
    [{ ...app, TEAMS_DEVELOPMENT: 'on' }, /takes no TEAMS_APP_ID/],
    [{ ...app, TEAMS_SERVICE_URLS: 'https://good.example, bad' }, /TEAMS_SERVICE_URLS/],
  ])('%j is refused, and no value is named', async (environment, says) => {
    const machine = await createMachine('content', environment)
    machines.push(machine)
    const { code, err } = await machine.run(['start', '--demo'])
    expect(code).toBe(2)
    expect(err).toMatch(says)
    expect(err).not.toContain('not-a-secret')
  })

  it('development without authentication is refused for an organisation', async () => {
    const machine = await setUp({ TEAMS_DEVELOPMENT: 'on' })
    const { code, err } = await machine.run(['start'])
    expect(code).toBe(2)
    expect(err).toMatch(/TEAMS_DEVELOPMENT turns authentication off/)
  })

  it('development is refused where other machines reach it', async () => {
    const machine = await createMachine('content', { TEAMS_DEVELOPMENT: 'on', SALUS_HOST: '0.0.0.0' })
    machines.push(machine)
    const { code, err } = await machine.run(['start', '--demo'])
    expect(code).toBe(2)
    expect(err).toMatch(/this machine alone/)
  })
})
