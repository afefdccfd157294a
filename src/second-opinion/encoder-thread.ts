import { parentPort } from 'node:worker_threads'
import { openEncoder } from './encoder.ts'

/** The encoder in a thread of its own: texts in, points out, in order. */
const ready = openEncoder()
parentPort?.on('message', async ({ id, texts }: { id: number; texts: readonly string[] }) => {
  const encode = await ready
  parentPort?.postMessage({ id, points: await encode(texts) })
})
