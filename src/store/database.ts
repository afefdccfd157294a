import type { Session } from './query.ts'

/** A write: it awaits nothing but its own queries, for others wait behind it in the same transaction. */
export type Write<T> = (session: Session) => Promise<T>

/** `first`: before writes that wait already, because a platform waits for it to be durable. */
export type WriteOrder = 'first'

/** One open database of either kind. */
export interface Database {
  /** Sees what is committed. */
  readonly read: Session
  /** Resolves once the write is durable; a write that throws leaves nothing behind and rejects alone. */
  write<T>(work: Write<T>, order?: WriteOrder): Promise<T>
  /** Reads of one moment, whatever is written meanwhile. */
  snapshot<T>(work: (session: Session) => Promise<T>): Promise<T>
  close(): Promise<void>
}
