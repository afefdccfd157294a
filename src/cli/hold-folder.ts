import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../core/errors.ts'

/** Sockets' paths are short: 104 bytes on macOS, 108 on Linux. */
const longestSocketPath = 100

/**
 * Claims a data folder for this process: two that run workers on one file would each take the other's work for what
 * a dead process left. The claim is a listening socket, so it ends with the process, however that ends.
 * @returns what gives the folder back.
 * @throws AppError STORE_BUSY when another process holds it.
 */
export async function holdFolder(dataDir: string): Promise<() => Promise<void>> {
  const path = socketPath(dataDir)
  const held = await listen(path)
  if (held) return () => close(held)
  if (await answers(path)) throw busy()
  // The socket of a process that was killed.
  await rm(path, { force: true })
  const retried = await listen(path)
  if (!retried) throw busy()
  return () => close(retried)
}

function busy(): AppError {
  return new AppError(
    'STORE_BUSY',
    'another Salus is running on this data folder',
    'Stop it first, or set SALUS_DATA_DIR to another folder.',
  )
}

function socketPath(dataDir: string): string {
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 24)
  if (process.platform === 'win32') return `\\\\.\\pipe\\salus-${name}`
  const inside = join(dataDir, 'running.sock')
  return inside.length <= longestSocketPath ? inside : join(tmpdir(), `salus-${name}.sock`)
}

/** Undefined when the address is taken. */
function listen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    )
    server.listen(path, () => {
      server.unref()
      resolve(server)
    })
  })
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}
