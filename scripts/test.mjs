// Every check of the project, on any machine with Node: installs what is missing where it can, starts what the tests
// need, and runs types, lint, tests and the search for unused code. Ends with "N passed, N failed".
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { findProgram } from './find-program.mjs'
import { startPostgres } from './postgres.mjs'
import { startRedis } from './redis.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
/** Set in CI: what the machine lacks is a failure there, not a note. */
const everythingRequired = process.env.SALUS_TEST_REQUIRE === 'all'
const missing = []
const results = []
const env = { ...process.env, NO_UPDATE_NOTIFIER: '1' }

if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  if (!run('Install', npm, ['ci', '--no-audit', '--no-fund'])) finish()
}

const postgres = env.TEST_DATABASE_URL ? undefined : await provide('PostgreSQL', 'postgresql', startPostgres)
if (postgres) env.TEST_DATABASE_URL = postgres.url
if (!env.TEST_DATABASE_URL) env.SALUS_TEST_SKIP_POSTGRES = '1'

const redis = env.TEST_REDIS_URL ? undefined : await provide('Redis', 'redis-server', startRedis)
if (redis) env.TEST_REDIS_URL = redis.url
if (!env.TEST_REDIS_URL) env.SALUS_TEST_SKIP_REDIS = '1'

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
if (!env.SALUS_CHROMIUM)
  env.SALUS_CHROMIUM = (await provide('Chromium', 'chromium', () => findProgram(...browsers))) ?? ''
if (!env.SALUS_CHROMIUM) env.SALUS_TEST_SKIP_BROWSER = '1'

try {
  step('Build', 'scripts/build.mjs')
  step('Types', 'node_modules/typescript/bin/tsc', '--noEmit')
  step('Lint', 'node_modules/@biomejs/biome/bin/biome', 'check', '.')
  step('Unused code', 'node_modules/knip/bin/knip.js')
  runTests()
} finally {
  await postgres?.stop()
  await redis?.stop()
}
finish()

/** What is there, or what could be installed; undefined, and noted, when neither. */
async function provide(name, aptPackage, find) {
  const found = (await find()) ?? (installs(aptPackage) ? await find() : undefined)
  if (found) return found
  missing.push(name)
  say(
    `${name} is not installed: its tests are left out. Install it (Debian, Ubuntu: apt-get install ${aptPackage}).`,
  )
  return undefined
}

function installs(aptPackage) {
  if (process.getuid?.() !== 0 || !findProgram('apt-get')) return false
  say(`Installing ${aptPackage} …`)
  const aptEnv = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args) =>
    spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 2], env: aptEnv }).status === 0
  const install = () => apt('install', '-y', '-q', '--no-install-recommends', aptPackage)
  return install() || (apt('update', '-q') && install())
}

function step(name, script, ...args) {
  run(name, process.execPath, [join(root, script), ...args])
}

function run(name, command, args) {
  say(`\n== ${name}`)
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env })
  results.push({ name, passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 })
  return status === 0
}

function runTests() {
  say('\n== Tests')
  const folder = mkdtempSync(join(tmpdir(), 'salus-test-'))
  const report = join(folder, 'report.json')
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...reporters], {
    cwd: root,
    stdio: 'inherit',
    env,
  })
  const counted = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {}
  rmSync(folder, { recursive: true, force: true })
  const failed = counted.numFailedTests ?? 0
  // A file that does not load, or an error between tests, fails without a failed test.
  const unseen = status !== 0 && failed === 0 ? 1 : 0
  results.push({ name: 'Tests', passed: counted.numPassedTests ?? 0, failed: failed + unseen })
}

function finish() {
  const failed = results.filter((result) => result.failed > 0)
  if (failed.length > 0) say(`\nFailed: ${failed.map((result) => result.name).join(', ')}.`)
  if (missing.length > 0) say(`\nNot run, for want of: ${missing.join(', ')}.`)
  const lacking = everythingRequired ? missing.length : 0
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  say(`\n${sum('passed')} passed, ${sum('failed') + lacking} failed`)
  process.exit(sum('failed') + lacking === 0 ? 0 : 1)
}

function say(line) {
  process.stdout.write(`${line}\n`)
}
