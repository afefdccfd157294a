import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { capabilities as consoleCapabilities } from '../src/adapters/console/limits.ts'
import { capabilities as discordCapabilities } from '../src/adapters/discord/limits.ts'
import { capabilities as slackCapabilities } from '../src/adapters/slack/limits.ts'
import { capabilities as teamsCapabilities } from '../src/adapters/teams/limits.ts'
import { capabilities as webCapabilities } from '../src/adapters/web/limits.ts'
import { tasks } from '../src/cli/eval-tasks.ts'
import type { Host } from '../src/cli/host.ts'
import { createProgram } from '../src/cli/salus.ts'
import { setupFile } from '../src/cli/setup-file.ts'
import { settings } from '../src/config.ts'
import { errorCodes } from '../src/core/errors.ts'
import { readRuleSet } from '../src/triage/load.ts'
import { version } from '../src/version.ts'
import { hazardLog, hazards } from './hazard-log.ts'
import { topicIn, triageDoc } from './triage-doc.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
/** Cells of every table row of a document, without their marks. */
const rowsOf = (path: string) =>
  read(path)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )

describe('docs/commands.md', () => {
  const program = createProgram({ version, terminal: {} } as Host)
  const text = read('docs/commands.md')
  const runnable = leaves(program).filter(({ path }) => path !== 'help')

  it('names every command', () => {
    expect(runnable.filter(({ path }) => !mentions(text, path)).map(({ path }) => path)).toEqual([])
  })

  it.each(runnable.map((one) => [one.path, one] as const))(
    'names every option of %s',
    (path, { command }) => {
      // Commands of one family may share a row.
      const rows = rowsOf('docs/commands.md').filter(([cell = '']) => mentions(cell, path))
      const row = rows.map((cells) => cells.join(' ')).join(' ')
      const flags = command.options.map((option) => option.long ?? option.flags)
      expect(flags.filter((flag) => !row.includes(flag))).toEqual([])
    },
  )

  it('names no command or option that does not exist', () => {
    const known = new Set(runnable.map(({ path }) => path))
    const [table = ''] = text.split('## Eval')
    const named = [...table.matchAll(/^\| `([a-z]+)(?: ([a-z\\|]+))?/gm)].flatMap(
      ([, first = '', rest = '']) =>
        known.has(first) ? [first] : rest.split('\\|').map((second) => `${first} ${second}`),
    )
    expect(named.filter((path) => !known.has(path))).toEqual([])
    const flags = new Set(runnable.flatMap(({ command }) => command.options.map((option) => option.long)))
    const given = [...text.matchAll(/--[a-z][a-z-]*/g)].map(([flag]) => flag)
    expect(given.filter((flag) => !flags.has(flag))).toEqual([])
  })

  it('names every task of eval', () => {
    const first = rowsOf('docs/commands.md').map(([cell]) => cell)
    expect(Object.keys(tasks).filter((task) => !first.includes(`\`${task}\``))).toEqual([])
  })
})

describe('docs/configuration.md', () => {
  it('explains every variable, and none that is not read', () => {
    const explained = rowsOf('docs/configuration.md').flatMap(
      ([cell = '']) => /^`([A-Z_]+)`$/.exec(cell)?.[1] ?? [],
    )
    expect(explained.sort()).toEqual(Object.keys(settings.shape).sort())
  })

  it('gives the defaults that are built in', () => {
    const built = settings.parse({})
    for (const [name = '', given = ''] of rowsOf('docs/configuration.md')) {
      const value = built[name.replaceAll('`', '') as keyof typeof built]
      if (value !== undefined) expect(given).toBe(`\`${value}\``)
    }
  })

  it('explains every answer of setup, with an example that is valid', () => {
    const text = read('docs/configuration.md')
    const keys = Object.keys(setupFile.shape)
    expect(keys.filter((key) => !text.includes(`\`${key}\``))).toEqual([])
    const example = /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? ''
    expect(setupFile.safeParse(parse(example)).error).toBeUndefined()
  })

  it('agrees with .env.example', () => {
    const named = [...read('.env.example').matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name)
    expect(new Set(named)).toEqual(new Set(Object.keys(settings.shape)))
  })
})

describe('docs/errors.md', () => {
  it('explains every code, and none that does not exist', () => {
    const explained = rowsOf('docs/errors.md').flatMap(([cell = '']) => /^`([A-Z_]+)`$/.exec(cell)?.[1] ?? [])
    expect(explained.sort()).toEqual(Object.keys(errorCodes).sort())
  })
})

describe('docs/channels.md', () => {
  it.each([
    ['web', 1, webCapabilities],
    ['console', 2, consoleCapabilities],
    ['teams', 3, teamsCapabilities],
    ['discord', 4, discordCapabilities],
    ['slack', 5, slackCapabilities],
  ] as const)('states the capabilities of %s', (_name, column, capabilities) => {
    const rows = rowsOf('docs/channels.md')
    for (const [name, value] of Object.entries(capabilities)) {
      const row = rows.find(([cell = '']) => cell.startsWith(`\`${name}\``))
      expect(row, name).toBeDefined()
      const said = typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)
      expect(row?.[column]?.split(':')[0], name).toBe(said)
    }
  })

  it('has a row for each adapter that is built, or says that it is not', () => {
    const text = read('docs/channels.md').toLowerCase()
    const built = readdirSync(join(root, 'src/adapters')).filter((name) => name !== 'shared')
    expect(built.filter((name) => !text.includes(name))).toEqual([])
  })
})

describe('docs/triage.md', () => {
  it('was written from the rules as they stand', () => {
    const folder = join(root, 'content', 'triage')
    const topicOf = (file: string) => topicIn(file, readFileSync(join(folder, file), 'utf8'))
    const written = triageDoc(readRuleSet(folder), topicOf)
    if (process.env.UPDATE_DOCS) writeFileSync(join(root, 'docs/triage.md'), written)
    // Told without a diff of a thousand lines: UPDATE_DOCS=1 writes it anew.
    expect(read('docs/triage.md') === written, 'docs/triage.md is stale').toBe(true)
  })
})

describe('docs/safety', () => {
  const list = hazards.parse(parse(read('docs/safety/hazards.yaml')))

  it('guards every hazard with tests that exist', () => {
    const absent = list.flatMap(({ id, tests }) =>
      tests.filter((test) => !existsSync(join(root, test))).map((test) => `${id}: ${test}`),
    )
    expect(absent).toEqual([])
  })

  it('has a log that was written from the hazards', () => {
    const path = 'docs/safety/hazard-log.md'
    if (process.env.UPDATE_DOCS) writeFileSync(join(root, path), hazardLog(list))
    expect(read(path)).toBe(hazardLog(list))
  })
})

describe('every document', () => {
  const documents = [
    ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
    ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ]

  it.each(documents)('%s links to what exists', (path) => {
    const targets = [...read(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)].map(
      ([, target = '']) => target,
    )
    expect(targets.filter((target) => !existsSync(join(root, dirname(path), target)))).toEqual([])
  })

  it('speaks of the version that package.json has', () => {
    const { version: packaged } = z.object({ version: z.string() }).parse(JSON.parse(read('package.json')))
    expect(version).toBe(packaged)
    expect(read('CHANGELOG.md')).toContain(`## ${packaged}`)
  })
})

interface Leaf {
  readonly path: string
  readonly command: Command
}

function leaves(command: Command, path = ''): readonly Leaf[] {
  return command.commands.flatMap((child) => {
    const own = `${path} ${child.name()}`.trim()
    // A family may be a command, too: "triage TEXT" beside "triage diff".
    const runs = child.commands.length === 0 || child.registeredArguments.length > 0
    return [...(runs ? [{ path: own, command: child }] : []), ...leaves(child, own)]
  })
}

/** The command as code: `staff add --name …`; of a family `content lint|list`. */
function mentions(text: string, path: string): boolean {
  const [first = '', second] = path.split(' ')
  if (second === undefined) return new RegExp(`\`${first}[\` ]`).test(text)
  return new RegExp(`\`${first} (?:[a-z]+\\\\?\\|)*${second}[\` |\\\\]`).test(text)
}
