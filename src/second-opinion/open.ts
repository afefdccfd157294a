import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { openEncoder } from './encoder.ts'
import { type Opinion, readModel } from './model.ts'
import { createJudge, createSecondOpinion, type Judge, type SecondOpinion } from './second-opinion.ts'

/** Where the trained model lies; a content folder without one has no second opinion. */
export function modelFile(contentDir: string): string | undefined {
  const path = join(contentDir, 'second-opinion', 'model.json')
  return existsSync(path) ? path : undefined
}

/** Opens it in this thread: for commands that measure. */
export async function openSecondOpinion(path: string): Promise<SecondOpinion> {
  const model = await readModel(path)
  return createSecondOpinion(model, createJudge(await openEncoder(), model))
}

export interface RunningOpinion {
  readonly opinion: SecondOpinion
  stop(): Promise<void>
}

/** Opens it beside a server: a text takes tens of milliseconds, which belong to no event loop that people wait for. */
export async function startSecondOpinion(path: string): Promise<RunningOpinion> {
  // The sources run as they are only in development, where nobody waits.
  if (import.meta.url.endsWith('.ts')) return { opinion: await openSecondOpinion(path), stop: async () => {} }
  const worker = new Worker(new URL('./judge-thread.js', import.meta.url), { workerData: { path } })
  const pending = new Map<number, { done(opinion: Opinion | undefined): void; failed(error: Error): void }>()
  let asked = 0
  worker.on('message', ({ id, opinion }: { id: number; opinion: Opinion | undefined }) => {
    pending.get(id)?.done(opinion)
    pending.delete(id)
  })
  const fail = (error: Error) => {
    for (const one of pending.values()) one.failed(error)
    pending.clear()
  }
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('the judging thread ended')))
  // It must not keep the process alive.
  worker.unref()
  const judge: Judge = (text) =>
    new Promise((done, failed) => {
      const id = asked++
      pending.set(id, { done, failed })
      worker.postMessage({ id, text })
    })
  return {
    opinion: createSecondOpinion(await readModel(path), judge),
    async stop() {
      await worker.terminate()
    },
  }
}
