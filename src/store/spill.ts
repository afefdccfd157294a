import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import type { TriageAssessment } from '../core/assessment.ts'
import type { InboundMessage } from '../core/inbound.ts'
import type { Random } from '../core/ports.ts'
import type { Spill } from '../core/receive.ts'

/** AES-256-GCM with a random 96-bit nonce and a 128-bit tag, as NIST SP 800-38D has it. */
const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

export interface SpillFile extends Spill {
  /**
   * Hands every kept message to `accept`, oldest first, and removes the file once all were taken. Resolves to how
   * many were replayed; a line that cannot be opened is left in a file beside it.
   */
  replay(accept: (message: InboundMessage) => Promise<void>): Promise<number>
}

/**
 * Keeps messages while the database cannot: an append-only file, one sealed line a message, flushed to disk before
 * it counts. Its key comes from the master key, so that it needs no database either.
 */
export function createSpillFile(path: string, masterKey: Uint8Array, random: Random): SpillFile {
  const key = Buffer.from(hkdfSync('sha256', masterKey, new Uint8Array(0), 'salus spill file', 32))

  const seal = (text: string): string => {
    const nonce = random.bytes(nonceBytes)
    const cipher = createCipheriv(algorithm, key, nonce)
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
  }
  const unseal = (line: string): string | undefined => {
    const bytes = Buffer.from(line, 'base64url')
    try {
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes))
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
      const body = bytes.subarray(nonceBytes + tagBytes)
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
    } catch {
      // A torn last line after a power failure, or another key: kept aside, never guessed at.
      return undefined
    }
  }

  async function append(to: string, lines: readonly string[]): Promise<void> {
    const file = await open(to, 'a', 0o600)
    try {
      await file.appendFile(lines.map((line) => `${line}\n`).join(''))
      await file.sync()
    } finally {
      await file.close()
    }
  }

  return {
    append: (message: InboundMessage, _assessment: TriageAssessment) =>
      append(path, [seal(JSON.stringify(message))]),
    async replay(accept) {
      const taken = `${path}.replaying`
      // What a crash left half replayed goes first; accepting is idempotent, so doing it again is harmless.
      const left = await replayFile(taken, accept)
      // What is spilled during the replay goes to a new file.
      await rename(path, taken).catch(ignoreAbsent)
      return left + (await replayFile(taken, accept))
    },
  }

  async function replayFile(
    taken: string,
    accept: (message: InboundMessage) => Promise<void>,
  ): Promise<number> {
    const text = await readFile(taken, 'utf8').catch(ignoreAbsent)
    if (text === undefined) return 0
    const unreadable: string[] = []
    let replayed = 0
    for (const line of text.split('\n').filter((line) => line !== '')) {
      const json = unseal(line)
      if (json === undefined) unreadable.push(line)
      else {
        await accept(readMessage(json))
        replayed++
      }
    }
    if (unreadable.length > 0) await append(`${path}.unreadable`, unreadable)
    await rm(taken)
    return replayed
  }
}

function readMessage(json: string): InboundMessage {
  const message = JSON.parse(json) as InboundMessage
  return { ...message, receivedAt: new Date(message.receivedAt) }
}

function ignoreAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
  return undefined
}
