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

/** Randomness that cannot be guessed. */
export const systemRandom: Random = {
  id: () => Array.from(randomBytes(26), (byte) => base32[byte & 31]).join(''),
  fraction: () => randomBytes(4).readUInt32BE() / 2 ** 32,
  bytes: (length) => randomBytes(length),
}
