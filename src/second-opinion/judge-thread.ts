import { parentPort, workerData } from 'node:worker_threads'
import { openEncoder } from './encoder.ts'
import { readModel } from './model.ts'
import { createJudge } from './second-opinion.ts'

/** Encoder and model in a thread of their own: texts in, opinions out. */
const { path } = workerData as { readonly path: string }
const ready = Promise.all([openEncoder(), readModel(path)]).then(([encode, model]) =>
  createJudge(encode, model),
)
parentPort?.on('message', async ({ id, text }: { id: number; text: string }) => {
  const judge = await ready
  parentPort?.postMessage({ id, opinion: await judge(text) })
})
