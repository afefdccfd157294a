import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { percentiles } from './percentiles.ts'

/** What a figure depends on: printed beside every figure. */
export interface Conditions {
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
  readonly system: string
  readonly node: string
  readonly salus: string
  readonly database: string
  /** Median ms to write 4 KiB and flush it: what the disk under the bench gives. */
  readonly flushMs: number
  readonly articles: number
  readonly ruleset: string
}

export function conditions(
  folder: string,
  known: Pick<Conditions, 'salus' | 'articles' | 'ruleset'>,
): Conditions {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.versions.node,
    database: 'SQLite file, WAL, synchronous=FULL, group commit',
    flushMs: percentiles(flushTimes(folder)).p50,
    ...known,
  }
}

function flushTimes(folder: string): number[] {
  const path = join(folder, 'flush')
  const file = openSync(path, 'w')
  const block = Buffer.alloc(4_096, 1)
  const times = Array.from({ length: 100 }, () => {
    const from = performance.now()
    writeSync(file, block)
    fdatasyncSync(file)
    return performance.now() - from
  })
  closeSync(file)
  rmSync(path)
  return times
}
