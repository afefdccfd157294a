import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Hosted } from './contracts/channel-host.ts'
import { settingsOf, slimContent } from './contracts/channel-host.ts'

/** Salus as its users start it, in a process of its own that can be killed. */
export interface HostedProgram extends Hosted {
  readonly folder: string
  /** Starts it where it was, and resolves once it listens. */
  start(environment: Readonly<Record<string, string>>): Promise<void>
  kill(): Promise<void>
  /** The running process. Throws when there is none. */
  pid(): number
  close(): Promise<void>
}

/** How long a start may take on a busy machine, ms. */
const startMs = 60_000

export async function createHostedProgram(): Promise<HostedProgram> {
  const folder = await mkdtemp(join(tmpdir(), 'salus-killed-'))
  const contentDir = await slimContent(folder)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const absent = () => {
    throw new Error('it runs in another process')
  }
  let running: ChildProcess | undefined
  const program: HostedProgram = {
    clock: { now: () => Date.now(), sleep: (ms, signal) => sleep(ms, undefined, signal ? { signal } : {}) },
    folder,
    url: () => url,
    state: absent,
    staffLink: absent,
    type: absent,
    written: [],
    async start(environment) {
      const env = { ...settingsOf(folder, contentDir), ...environment, SALUS_PORT: String(port) }
      running = spawn(process.execPath, [resolve('bin/salus.mjs'), 'start', '--demo'], {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      const until = Date.now() + startMs
      while (!(await answers(`${url}/healthz`))) {
        if (running.exitCode !== null || Date.now() > until) throw new Error('it did not start')
        await sleep(50)
      }
    },
    pid() {
      if (running?.pid === undefined) throw new Error('it does not run')
      return running.pid
    },
    async kill() {
      if (!running) return
      const died = once(running, 'exit')
      running.kill('SIGKILL')
      await died
      running = undefined
    },
    async close() {
      await program.kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return program
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )
}

/** The same port after each start: a platform calls one address. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
