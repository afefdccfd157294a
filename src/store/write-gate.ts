import type Libsql from 'libsql'
import { AppError } from '../core/errors.ts'
import type { Clock, Random } from '../core/ports.ts'
import type { Write, WriteOrder } from './database.ts'
import type { Session } from './query.ts'

/** Writes that share one commit at most. */
const batchLimit = 64
/** A transaction takes no further writes after this long, ms, so that it ends well within 20. */
const batchMs = 14
/** A group is gathered no longer than this, ms. */
const gatherMs = 5
/** How often a locked database is tried again, after 2 to 20 ms each, before giving up: about five seconds. */
const lockAttempts = 400

interface Waiting {
  run(): Promise<void>
  resolve(): void
  reject(error: unknown): void
}

/**
 * Group commit. Writes that arrive in the same pass of the event loop run one after another in one transaction,
 * each in a savepoint, and resolve together once it is on disk: one flush for up to 64. What arrives while a flush
 * blocks the loop forms the next group, so the slower the disk, the larger the groups. Nobody waits on a timer, and one write alone waits for a single pass.
 */
export function createWriteGate(connection: Libsql.Database, session: Session, clock: Clock, random: Random) {
  const first: Waiting[] = []
  const others: Waiting[] = []
  let running: Promise<void> | undefined

  function write<T>(work: Write<T>, order?: WriteOrder): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let result: T
      const queue = order === 'first' ? first : others
      queue.push({
        run: async () => {
          result = await work(session)
        },
        resolve: () => resolve(result),
        reject,
      })
      running ??= runAll()
    })
  }

  async function runAll(): Promise<void> {
    while (first.length + others.length > 0) {
      await gather()
      if (await begin()) await runGroup()
    }
    running = undefined
  }

  /** Waits while every pass of the event loop brings more writes: the flush costs more than all of them. */
  async function gather(): Promise<void> {
    const started = clock.now()
    let before: number
    do {
      before = first.length + others.length
      await nextPass()
    } while (grew(before) && clock.now() - started < gatherMs)
  }

  function grew(before: number): boolean {
    const waiting = first.length + others.length
    return waiting > before && waiting < batchLimit
  }

  /** False when the database stayed locked: everything that waits has been rejected. */
  async function begin(): Promise<boolean> {
    for (let attempt = 0; attempt < lockAttempts; attempt++) {
      try {
        connection.exec('BEGIN IMMEDIATE')
        return true
      } catch (error) {
        if (!isBusy(error)) {
          rejectAll(takeAll(), error)
          return false
        }
        await clock.sleep(2 + random.fraction() * 18)
        await nextPass()
      }
    }
    const busy = new AppError('STORE_BUSY', 'The database stayed locked by another process.')
    rejectAll(takeAll(), busy)
    return false
  }

  async function runGroup(): Promise<void> {
    const done: Waiting[] = []
    const failed: (() => void)[] = []
    let current: Waiting | undefined
    try {
      const started = clock.now()
      while (done.length < batchLimit && clock.now() - started < batchMs) {
        current = first.shift() ?? others.shift()
        if (!current) break
        const failure = await runOne(current)
        const { reject } = current
        if (failure) failed.push(() => reject(failure.error))
        else done.push(current)
        current = undefined
      }
      connection.exec('COMMIT')
    } catch (error) {
      // The disk is full or gone, or SQLite gave the transaction up: nothing of the group is kept.
      rollBack()
      rejectAll(current ? [...done, current] : done, error)
      done.length = 0
    }
    for (const one of done) one.resolve()
    for (const reject of failed) reject()
  }

  /** Resolves to what the write threw, which undoes that write alone. */
  async function runOne(one: Waiting): Promise<{ readonly error: unknown } | undefined> {
    connection.exec('SAVEPOINT one')
    try {
      await one.run()
    } catch (error) {
      connection.exec('ROLLBACK TO one')
      connection.exec('RELEASE one')
      return { error }
    }
    connection.exec('RELEASE one')
    return undefined
  }

  function takeAll(): readonly Waiting[] {
    return [...first.splice(0), ...others.splice(0)]
  }

  function rollBack(): void {
    try {
      if (connection.inTransaction) connection.exec('ROLLBACK')
    } catch {
      // Not even that: the next BEGIN says what is wrong.
    }
  }

  return { write, finished: async () => running }
}

function rejectAll(group: readonly Waiting[], cause: unknown): void {
  const error =
    cause instanceof AppError
      ? cause
      : new AppError(
          'STORE_UNAVAILABLE',
          'The database could not be written.',
          'Check the disk and the file.',
          {
            cause,
          },
        )
  for (const one of group) one.reject(error)
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
}

/** Lets what has arrived in this pass of the event loop join the group. */
function nextPass(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
