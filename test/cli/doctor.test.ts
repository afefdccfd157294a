import { chmod, cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Check } from '../../src/cli/doctor/check.ts'
import { createMachine, goodSetup, type Machine } from './run.ts'

const dayMs = 24 * 60 * 60_000
let machine: Machine
let content: string

beforeEach(async () => {
  const elsewhere = await createMachine()
  content = join(elsewhere.folder, 'content')
  await cp('content', content, { recursive: true })
  machine = await createMachine(content)
  // Content was read after the day on which the fixed clock stands.
  machine.clock.advance(Date.UTC(2026, 11, 1) - machine.clock.now())
  return () => elsewhere.remove()
})
afterEach(() => machine.remove())

async function setUp(yaml = goodSetup): Promise<void> {
  const file = join(machine.folder, 'setup.yaml')
  await writeFile(file, yaml)
  await machine.run(['setup', '--from', file])
}

async function examine(): Promise<{ code: number; failed: readonly string[] }> {
  const { code, out } = await machine.run(['doctor', '--json'])
  const { checks } = JSON.parse(out) as { checks: readonly Check[] }
  const failed = checks.filter(({ state }) => state === 'fail').map(({ area, text }) => `${area}: ${text}`)
  return { code, failed }
}

describe('doctor', () => {
  it('fails on a machine where nothing was set up', async () => {
    const { code, failed } = await examine()
    expect(code).toBe(1)
    expect(failed).toEqual([expect.stringContaining('Nothing was set up here')])
  })

  it('finds nothing in the way of an organisation in good order', async () => {
    await setUp()
    await machine.run(['staff', 'add', '--name', 'Ana'])
    expect(await examine()).toEqual({ code: 0, failed: [] })
  })

  it('fails when staff are announced and nobody is recorded', async () => {
    await setUp()
    expect((await examine()).failed).toEqual([expect.stringContaining('no staff member is recorded')])
  })

  it('fails when no article may be answered from', async () => {
    await setUp(goodSetup.replace(/unreviewedAccepted.*/, ''))
    await machine.run(['staff', 'add', '--name', 'Ana'])
    expect((await examine()).failed).toEqual([expect.stringContaining('No article may be answered from')])
  })

  it('fails for clinicians without a drill in 30 days', async () => {
    await setUp(goodSetup.replace('volunteers', 'clinicians\ndrilledOn: 2026-10-01'))
    const who = ['--role', 'clinician', '--profession', 'nurse', '--registration', '123']
    await machine.run(['staff', 'add', '--name', 'Ana', ...who])
    expect((await examine()).failed).toEqual([expect.stringContaining('no drill within 30 days')])
  })

  it('fails when a number was not checked for 180 days, and names it', async () => {
    await setUp()
    await machine.run(['staff', 'add', '--name', 'Ana'])
    machine.clock.advance(181 * dayMs)
    const { failed } = await examine()
    expect(failed).toContainEqual(expect.stringMatching(/^helplines: \d+ numbers were not checked .*GB/))
  })

  it('fails on content that cannot be read, and names file and line', async () => {
    await setUp()
    await machine.run(['staff', 'add', '--name', 'Ana'])
    const path = join(content, 'triage', 'en', 'heart.yaml')
    await writeFile(path, (await readFile(path, 'utf8')).replace(/level: \w+/, 'level: purple'))
    expect((await examine()).failed).toEqual([expect.stringMatching(/heart\.yaml:\d+/)])
  })

  it('fails when other accounts can read the key', async () => {
    await setUp()
    await machine.run(['staff', 'add', '--name', 'Ana'])
    await chmod(join(machine.folder, 'data', 'master.key'), 0o644)
    expect((await examine()).failed).toEqual([
      expect.stringContaining('key file can be read by other accounts'),
    ])
  })
})
