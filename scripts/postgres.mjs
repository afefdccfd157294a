// Starts a throwaway PostgreSQL on a free port of the loopback, for the tests: in a folder of its own, trusting,
// not flushing to disk. Works as root too: the server itself then runs as the system account `postgres` or `nobody`.
import { execFileSync, spawn } from 'node:child_process'
import { accessSync, chownSync, constants, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'

const startMs = 30_000

/**
 * Resolves to undefined when no PostgreSQL is installed.
 * @returns {Promise<{ url: string, stop: () => Promise<void> } | undefined>}
 */
export async function startPostgres() {
  const bin = findBin()
  if (!bin) return undefined
  const account = process.getuid?.() === 0 ? unprivileged() : undefined
  const folder = mkdtempSync(join(tmpdir(), 'salus-postgres-'))
  if (account) chownSync(folder, account.uid, account.gid)
  const as = account ?? {}
  const env = { ...process.env, LC_ALL: 'C' }
  const cluster = join(folder, 'cluster')
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    execFileSync(
      join(bin, 'initdb'),
      ['-D', cluster, '-U', 'salus', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
      { ...as, env, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
    )
  } catch (error) {
    remove()
    throw error
  }
  const port = await freePort()
  const options = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    max_connections: '100',
  }
  const flags = Object.entries(options).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  const server = spawn(join(bin, 'postgres'), ['-D', cluster, '-p', String(port), ...flags], {
    ...as,
    env,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let log = ''
  const ready = new Promise((resolve, reject) => {
    server.stderr.on('data', (chunk) => {
      log = (log + chunk).slice(-4_000)
      if (log.includes('ready to accept connections')) resolve(undefined)
    })
    server.once('error', reject)
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${log}`)))
  })
  const end = () => server.kill('SIGKILL')
  process.once('exit', end)
  const stop = async () => {
    process.off('exit', end)
    if (server.exitCode === null && server.signalCode === null) {
      const gone = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGINT')
      await gone
    }
    remove()
  }
  const late = new AbortController()
  try {
    await Promise.race([
      ready,
      sleep(startMs, undefined, { signal: late.signal }).then(() => {
        throw new Error(`PostgreSQL did not start in ${startMs / 1000} s:\n${log}`)
      }),
    ])
  } catch (error) {
    await stop()
    throw error
  } finally {
    late.abort()
  }
  return { url: `postgres://salus@127.0.0.1:${port}/postgres`, stop }
}

/** The newest under /usr/lib/postgresql, else whatever PATH has. */
function findBin() {
  const versions = '/usr/lib/postgresql'
  const installed = existsSync(versions)
    ? readdirSync(versions)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(versions, version, 'bin'))
    : []
  const places = [...installed, ...(process.env.PATH ?? '').split(delimiter)]
  return places.find((place) => ['initdb', 'postgres'].every((name) => runs(join(place, name))))
}

function runs(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** PostgreSQL refuses to run as root. */
function unprivileged() {
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }))
      return { uid: id('-u'), gid: id('-g') }
    } catch {
      // No such account here.
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is no account "postgres" or "nobody" here.')
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}
