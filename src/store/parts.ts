import type { Cipher, Clock, Random } from '../core/ports.ts'
import type { Database } from './database.ts'

/** What every part of the store works with. */
export interface StoreParts {
  readonly database: Database
  readonly cipher: Cipher
  readonly clock: Clock
  readonly random: Random
}
