#!/usr/bin/env node
// Starts Salus from a checkout: installs what is missing, builds what is stale, then runs dist/.
// Plain JavaScript without dependencies, so that it runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const entry = join(root, 'dist', 'main.js')

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 20)) {
  fail(`Salus needs Node 20.20 or newer; this is ${process.versions.node}.`)
}

if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'))
process.env.SALUS_CONTENT_DIR ||= join(root, 'content')
process.env.SALUS_DATA_DIR ||= join(root, 'data')

// In a container there is no src/: what is in dist/ is what runs.
if (existsSync(join(root, 'src'))) {
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) install()
  if (isStale()) build()
}
if (!existsSync(entry)) fail('dist/ is missing. Run "npm run build".')
await import(pathToFileURL(entry).href)

function install() {
  say('Installing dependencies (once, about a minute) …')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  run(npm, ['ci', '--no-audit', '--no-fund'], '"npm ci" failed: see above.')
}

function build() {
  say('Building …')
  run(process.execPath, [join(root, 'scripts', 'build.mjs')], 'The build failed: see above.')
}

function run(command, args, whenItFails) {
  // Standard output belongs to the command that follows; with --json it must hold nothing else.
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (error || status !== 0) fail(whenItFails)
}

/** True when a source is newer than the last build. */
function isStale() {
  const stamp = join(root, 'dist', '.stamp')
  if (!existsSync(stamp)) return true
  const builtAt = statSync(stamp).mtimeMs
  const sources = ['src', 'package.json', 'tsconfig.json', 'tsconfig.build.json', 'scripts/build.mjs']
  return sources.some((name) => newest(join(root, name)) > builtAt)
}

function newest(path) {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return path.endsWith('.test.ts') ? 0 : stat.mtimeMs
  // The folder's own time tells of files that were removed.
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

function say(line) {
  process.stderr.write(`${line}\n`)
}

function fail(line) {
  say(`salus: ${line}`)
  process.exit(1)
}
