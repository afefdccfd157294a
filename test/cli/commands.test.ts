import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { holdFolder } from '../../src/cli/hold-folder.ts'
import { createMachine, goodSetup, type Machine } from './run.ts'

let machine: Machine
beforeEach(async () => {
  machine = await createMachine()
})
afterEach(() => machine.remove())

async function setUp(): Promise<void> {
  const file = join(machine.folder, 'setup.yaml')
  await writeFile(file, goodSetup)
  expect(await machine.run(['setup', '--from', file])).toMatchObject({ code: 0 })
}

describe('a command that is called wrongly', () => {
  it.each([
    [['nonsense'], /unknown command 'nonsense'/],
    [['chat', '--nonsense'], /unknown option '--nonsense'/],
    [['ask'], /missing required argument 'text'/],
    [['triage', ' '], /no text was given/],
    [['pause', 'triage'], /Allowed choices are answers, campaigns, relay/],
    [['chat', '--country', 'XX'], /a code of two letters/],
    [['eval', 'answers'], /required option '--cases <path>'/],
    [['eval', 'answers', '--cases', 'absent.jsonl'], /absent\.jsonl/],
    [['setup', '--from', 'absent.yaml'], /absent\.yaml: no such file/],
    [['setup'], /no terminal to ask at/],
    [['data', 'export', '--contact', 'nobody'], /not set up/],
  ])('%j gets one clear line and exit 2', async (args, says) => {
    const { code, out, err } = await machine.run(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(says)
    expect(err.split('\n')).toHaveLength(1)
  })

  it.each([
    ['a broken YAML file', 'name: [1, 2\nlocale: en\n', /:\d+: /],
    [
      'a wrong value',
      `${goodSetup}`.replace('consentAge: 16', 'consentAge: 12'),
      /:6: consentAge: it is below minimumAge/,
    ],
    ['an unknown key', `${goodSetup}\ncolour: red\n`, /Unrecognized key: "colour"/],
    [
      'somebody on call who cannot be rung',
      `${goodSetup}\nescalation:\n  rota: { zone: utc, starts: 2026-03-02, at: "09:00", people: [Ana] }\n`,
      /escalation\.rota\.people\.0: "Ana" has no entry in pagers/,
    ],
    [
      'a swap that ends before it begins',
      `${goodSetup}\nescalation:\n  rota:\n    { zone: utc, starts: 2026-03-02, at: "09:00", people: [Ana], overrides: [{ from: 2026-03-05, to: 2026-03-05, person: Ana }] }\n  pagers: [{ person: Ana, webhook: https://pager.example/ana }]\n`,
      /escalation\.rota\.overrides\.0\.to: it is not after from/,
    ],
    [
      'an address without TLS',
      `${goodSetup}\nescalation: { lastWebhook: http://alerts.example/ }\n`,
      /escalation\.lastWebhook: it must begin with https:/,
    ],
    ['staff without a number', goodSetup.replace('staffCount: 2', 'staffCount: 0'), /:8: staffCount: /],
  ])('setup says where %s is wrong, and makes nothing', async (_what, yaml, says) => {
    const file = join(machine.folder, 'setup.yaml')
    await writeFile(file, yaml)
    const { code, err } = await machine.run(['setup', '--from', file])
    expect(code).toBe(2)
    expect(err).toMatch(says)
    expect(err).toContain('setup.yaml:')
    expect(err.split('\n')).toHaveLength(1)
    expect(existsSync(join(machine.folder, 'data'))).toBe(false)
  })
})

describe('triage', () => {
  it('prints level, concerns and the words, as JSON with nothing else', async () => {
    const { code, out } = await machine.run(['triage', '--json', 'crushing', 'chest', 'pain'])
    expect(code).toBe(0)
    const { level, concerns, signals } = JSON.parse(out)
    expect({ level, concerns }).toMatchObject({ level: 'emergency', concerns: ['heart'] })
    expect(signals[0].words).toContain('chest pain')
  })

  it('reads a pipe', async () => {
    expect((await machine.run(['triage', '-'], 'what is asthma?\n')).out).toContain('level     routine')
  })

  it('says why, with sources', async () => {
    expect((await machine.run(['triage', '--why', 'crushing chest pain'])).out).toMatch(/fired .*https:/)
  })

  it('tells what a change of the rules alters, and exits 1 when an alarm is lowered', async () => {
    const rules = async (name: string, word: string) => {
      const folder = join(machine.folder, name)
      await mkdir(folder)
      const rule = `{id: a.rule, level: crisis, concerns: [abuse], when: ${word}, source: s, fires: ${word}}`
      await writeFile(
        join(folder, 'a.yaml'),
        `sources:\n  s: P | T | https://example.org/\nrules:\n  - ${rule}\n`,
      )
      return folder
    }
    const old = await rules('old', 'apple')
    const fresh = await rules('new', 'pear')
    const cases = join(machine.folder, 'cases.jsonl')
    await writeFile(
      cases,
      '{"id":"1","text":"an apple"}\n{"id":"2","text":"a pear"}\n{"id":"3","text":"a plum"}\n',
    )
    const { code, out } = await machine.run(['triage', 'diff', old, fresh, '--cases', cases, '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      cases: 3,
      raised: 1,
      lowered: 1,
      alarms_lowered: 1,
      changes: [
        { id: '1', from: 'crisis', to: 'routine', gone: ['a.rule'], came: [] },
        { id: '2', from: 'routine', to: 'crisis', gone: [], came: ['a.rule'] },
      ],
    })
    const same = await machine.run(['triage', 'diff', old, old, '--cases', cases])
    expect(same.code).toBe(0)
    expect(same.out).toContain('3 cases: 0 raised, 0 lowered (0 of them alarms)')
    const absent = await machine.run(['triage', 'diff', old, 'git:no-such-revision', '--cases', cases])
    expect(absent).toMatchObject({ code: 2, out: '' })
  })
})

describe('ask', () => {
  it('answers with sources and keeps nothing', async () => {
    const { code, out } = await machine.run(['ask', '--json', 'what is asthma?'])
    expect(code).toBe(0)
    const asked = JSON.parse(out)
    expect(asked).toMatchObject({ level: 'routine', answered: true })
    expect(asked.passages[0]).toMatch(/^asthma#/)
    expect(asked.elements.some((element: { kind: string }) => element.kind === 'sources')).toBe(true)
    expect(existsSync(join(machine.folder, 'data'))).toBe(false)
  })

  it('gives the emergency number of the country that was asked for', async () => {
    const { out } = await machine.run(['ask', '--country', 'US', 'crushing chest pain and my arm is numb'])
    expect(out).toContain('911')
  })

  it('does not claim that anybody reads along', async () => {
    expect((await machine.run(['ask', 'what is asthma?'])).out).not.toContain('may read this. They')
  })
})

describe('chat', () => {
  it('answers piped lines one after another', async () => {
    const { code, out } = await machine.run(['chat', '--country', 'GB'], 'what is asthma?\nhelp\n')
    expect(code).toBe(0)
    expect(out.indexOf('Asthma')).toBeGreaterThanOrEqual(0)
    expect(out.indexOf('talk to a person')).toBeGreaterThan(out.indexOf('Asthma'))
  })

  it('remembers between runs', async () => {
    await machine.run(['chat'], 'hello\n')
    expect((await machine.run(['chat'], 'hello\n')).out).not.toContain("I'm an automated assistant")
  })
})

describe('start', () => {
  it('refuses to start what was not set up', async () => {
    expect(await machine.run(['start'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('salus setup'),
    })
  })

  it('says which address is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const taken = await createMachine('content', { SALUS_PORT: String(port) })
    try {
      const { code, err } = await taken.run(['start', '--demo'])
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(`127.0.0.1:${port} is taken`) })
    } finally {
      await taken.remove()
      other.close()
    }
  })

  it('holds its data folder: a second one on the same data is refused', async () => {
    await machine.run(['start', '--demo'])
    const release = await holdFolder(join(machine.folder, 'data', 'demo'))
    expect((await machine.run(['start', '--demo'])).err).toContain('STORE_BUSY')
    await release()
    expect((await machine.run(['start', '--demo'])).code).toBe(0)
  })

  it('runs a demo with a sign-in link, and stops when it is asked to', async () => {
    const { code, out } = await machine.run(['start', '--demo'])
    expect(code).toBe(0)
    expect(out).toMatch(/Chat page +http:\/\/127\.0\.0\.1:\d+\//)
    expect(out).toMatch(/Staff page +http:\S+\/staff\/enter\?token=/)
  })
})

describe('an organisation that was set up', () => {
  beforeEach(setUp)

  it('has staff that can be added, listed and removed', async () => {
    expect((await machine.run(['staff', 'add', '--name', 'Ana'])).code).toBe(0)
    const { staff } = JSON.parse((await machine.run(['staff', 'list', '--json'])).out)
    expect(staff).toMatchObject([{ name: 'Ana', role: 'volunteer', active: true }])
    const codes = [
      await machine.run(['staff', 'link', staff[0].id]),
      await machine.run(['staff', 'link', staff[0].id]),
    ]
    expect(codes.map(({ out }) => /^[a-z2-7]{10}$/.test(out.split('\n')[0] ?? ''))).toEqual([true, true])
    expect(codes[0]?.out).not.toBe(codes[1]?.out)
    await machine.run(['staff', 'remove', staff[0].id])
    expect((await machine.run(['staff', 'link', staff[0].id])).code).toBe(2)
    expect((await machine.run(['staff', 'list'])).out).toContain('removed')
    expect((await machine.run(['staff', 'remove', staff[0].id])).code).toBe(2)
  })

  it('calls nobody a clinician without profession and registration', async () => {
    const { code, err } = await machine.run(['staff', 'add', '--name', 'Bo', '--role', 'clinician'])
    expect(code).toBe(2)
    expect(err).toContain('--registration')
  })

  it('pauses and goes on', async () => {
    expect((await machine.run(['pause', 'answers'])).out).toBe('Paused: answers.')
    expect((await machine.run(['chat'], 'what is asthma?\n')).out).toContain('paused')
    expect((await machine.run(['pause', 'answers', '--off'])).out).toBe('Paused: nothing.')
  })

  it('exports and erases a person by the pseudonym that staff see', async () => {
    const words = 'how is my blood pressure read'
    await machine.run(['chat'], `${words}\n`)
    const file = join(machine.folder, 'data', 'salus.db')
    expect((await readFile(file)).includes(words)).toBe(false)
    const { contacts } = await peek()
    const exported = await machine.run(['data', 'export', '--contact', contacts[0] ?? ''])
    expect(exported.code).toBe(0)
    expect(exported.out).toContain(words)
    expect((await machine.run(['data', 'erase', '--contact', contacts[0] ?? ''])).code).toBe(2)
    const erased = await machine.run(['data', 'erase', '--yes', '--contact', contacts[0] ?? ''])
    expect(erased.out).toMatch(/Backups of the key expire by 2026-03-\d\d/)
  })

  it('says that an erasure waits for an alarm that is still open', async () => {
    await machine.run(['chat'], 'i want to die\n')
    const { contacts } = await peek()
    const { code, out } = await machine.run(['data', 'erase', '--yes', '--contact', contacts[0] ?? ''])
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('once it is answered') })
  })

  it('is restored from a backup, on another machine with the same key', async () => {
    await machine.run(['staff', 'add', '--name', 'Ana'])
    const folder = join(machine.folder, 'backup')
    expect((await machine.run(['backup', folder])).code).toBe(0)
    expect((await machine.run(['backup', folder])).code).toBe(2)
    const other = await createMachine()
    try {
      expect((await other.run(['restore', folder])).err).toContain('KEY_MISSING')
      await other.run(['key', 'create'])
      const key = await readFile(join(machine.folder, 'data', 'master.key'))
      await writeFile(join(other.folder, 'data', 'master.key'), key)
      expect((await other.run(['restore', folder])).code).toBe(0)
      expect((await other.run(['staff', 'list'])).out).toContain('Ana')
      expect((await other.run(['restore', folder])).code).toBe(2)
    } finally {
      await other.remove()
    }
  })

  it('opens with its new key after a rotation, and never with the old', async () => {
    const path = join(machine.folder, 'data', 'master.key')
    const old = await readFile(path)
    await machine.run(['staff', 'add', '--name', 'Ana'])
    expect((await machine.run(['key', 'rotate'])).code).toBe(0)
    expect((await machine.run(['staff', 'list'])).out).toContain('Ana')
    await writeFile(path, old)
    expect((await machine.run(['staff', 'list'])).err).toContain('KEY_MISSING')
  })

  it('finishes a rotation that broke off after the keys were wrapped anew', async () => {
    const path = join(machine.folder, 'data', 'master.key')
    const old = await readFile(path)
    await machine.run(['key', 'rotate'])
    await writeFile(`${path}.next`, await readFile(path))
    await writeFile(path, old)
    expect((await machine.run(['key', 'rotate'])).code).toBe(0)
    expect((await machine.run(['staff', 'list'])).code).toBe(0)
  })

  it('has a database that is up to date', async () => {
    expect(await machine.run(['migrate', '--check'])).toMatchObject({
      code: 0,
      out: 'The database is up to date.',
    })
  })

  async function peek() {
    const { systemRandom } = await import('../../src/system.ts')
    const { openState, localWorkspace } = await import('../../src/open-state.ts')
    const { readConfig } = await import('../../src/config.ts')
    const { createLogger } = await import('../../src/logger.ts')
    const config = readConfig({ SALUS_DATA_DIR: join(machine.folder, 'data') })
    const logger = createLogger('silent')
    const state = await openState(config, {
      clock: machine.clock,
      random: systemRandom,
      logger,
      makeKey: false,
    })
    const contacts = await state.store.contacts(localWorkspace)
    await state.close()
    return { contacts }
  }
})
