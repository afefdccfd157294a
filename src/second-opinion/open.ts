import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type Encode, openEncoder } from './encoder.ts'
import { readModel } from './model.ts'
import { createSecondOpinion, type SecondOpinion } from './second-opinion.ts'

/** Where the trained model lies; a content folder without one has no second opinion. */
export function modelFile(contentDir: string): string | undefined {
  const path = join(contentDir, 'second-opinion', 'model.json')
  return existsSync(path) ? path : undefined
}

/** Opens it in this thread: for commands that measure. */
export async function openSecondOpinion(path: string): Promise<SecondOpinion> {
  return createSecondOpinion(await openEncoder(), await readModel(path))
}

export interface RunningOpinion {
  readonly opinion: SecondOpinion
  stop(): Promise<void>
}

/** Opens it beside a server: a text takes tens of milliseconds, which belong to no event loop that people wait for. */
export async function startSecondOpinion(path: string): Promise<RunningOpinion> {
  // The sources run as they are only in development, where nobody waits.
  if (import.meta.url.endsWith('.ts')) return { opinion: await openSecondOpinion(path), stop: async () => {} }
  const worker = new Worker(new URL('./encoder-thread.js', import.meta.url))
  const pending = new Map<
    number,
    { done(points: readonly Float32Array[]): void; failed(error: Error): void }
  >()
  let asked = 0
  worker.on('message', ({ id, points }: { id: number; points: readonly Float32Array[] }) => {
    pending.get(id)?.done(points)
    pending.delete(id)
  })
  const fail = (error: Error) => {
    for (const one of pending.values()) one.failed(error)
    pending.clear()
  }
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('the encoder thread ended')))
  // It must not keep the process alive.
  worker.unref()
  const encode: Encode = (texts) =>
    new Promise((done, failed) => {
      const id = asked++
      pending.set(id, { done, failed })
      worker.postMessage({ id, texts })
    })
  return {
    opinion: createSecondOpinion(encode, await readModel(path)),
    async stop() {
      await worker.terminate()
    },
  }
}
