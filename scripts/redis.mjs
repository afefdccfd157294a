// Starts a throwaway Redis on a free port of the loopback, for the tests: nothing is written to disk.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { findProgram } from './find-program.mjs'

const startMs = 10_000

/**
 * Resolves to undefined when no Redis (or Valkey) is installed.
 * @returns {Promise<{ url: string, stop: () => Promise<void> } | undefined>}
 */
export async function startRedis() {
  const program = findProgram('redis-server', 'valkey-server')
  if (!program) return undefined
  const port = await freePort()
  const server = spawn(
    program,
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    { stdio: 'ignore', cwd: process.env.TMPDIR ?? '/tmp' },
  )
  const end = () => server.kill('SIGKILL')
  process.once('exit', end)
  const deadline = Date.now() + startMs
  while (!(await answers(port))) {
    if (server.exitCode !== null || Date.now() > deadline) throw new Error('Redis did not start')
    await sleep(50)
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      process.removeListener('exit', end)
      if (server.exitCode !== null) return
      const gone = once(server, 'exit')
      server.kill('SIGTERM')
      await gone
    },
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
