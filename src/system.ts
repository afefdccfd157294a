import { randomBytes } from 'node:crypto'
import type { Clock, Random } from './core/ports.ts'

const base32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const finish = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', finish)
        resolve()
      }
      const timer = setTimeout(finish, ms)
      signal?.addEventListener('abort', finish)
    }),
}

/** Random bytes drawn at once: a system call for each would cost more than what they are for. */
const poolBytes = 4_096
let pool = Buffer.alloc(0)
let used = 0

/** Bytes that nobody else was given, and that are kept nowhere else. */
function draw(length: number): Buffer {
  if (length > poolBytes) return randomBytes(length)
  if (used + length > pool.length) {
    pool = randomBytes(poolBytes)
    used = 0
  }
  const drawn = Buffer.from(pool.subarray(used, used + length))
  pool.fill(0, used, used + length)
  used += length
  return drawn
}

/** Randomness that cannot be guessed. */
export const systemRandom: Random = {
  id: () => Array.from(draw(26), (byte) => base32[byte & 31]).join(''),
  fraction: () => draw(4).readUInt32BE() / 2 ** 32,
  bytes: draw,
}
