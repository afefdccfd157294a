import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../world.ts'
import { openWork, query, runKillLoop, sentToPeople } from './platform.ts'

/** 200 kills over 5,000 messages with `SALUS_KILLS=200`; a shorter run each time. */
const kills = Number(process.env.SALUS_KILLS ?? 20)
const messages = kills * 25

describe(`kill -9, ${kills} times over ${messages} messages`, () => {
  let folder = ''
  const program = join(import.meta.dirname, '../../node_modules/.cache/kill-loop.mjs')

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'salus-kill-'))
    await build({
      entryPoints: [join(import.meta.dirname, 'child.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
    })
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('ends every accepted message in exactly one committed turn and doubles only what was being sent', async () => {
    const report = await runKillLoop({ messages, kills, program, folder, random: seededRandom(7).fraction })
    const sent = sentToPeople(folder)
    const lost = [...sent.keys()].filter((key) => !report.received.has(key))
    const doubles = new Map<string, number>()
    for (const [key, times] of report.received) {
      const purpose = sent.get(key) ?? 'unknown'
      if (times > 1) doubles.set(purpose, (doubles.get(purpose) ?? 0) + times - 1)
    }
    const doubled = [...doubles.values()].reduce((sum, n) => sum + n, 0)
    console.log(
      `kills ${report.kills}, accepted ${report.accepted}, redelivered ${report.redelivered}, replies ${report.received.size}, doubles ${JSON.stringify(Object.fromEntries(doubles))}, allowed ${report.inSendWindow} (being sent when killed)`,
    )
    expect(report.accepted).toBe(messages)
    expect(query(folder, `select count(*) as n from inbox where kind = 'message'`)).toBe(messages)
    expect(openWork(folder)).toBe(0)
    // A commit raises a conversation's revision by one, and finishes one row and the alarms that joined it.
    const turns = query(folder, 'select sum(revision) as n from conversations')
    expect(turns).toBeLessThanOrEqual(query(folder, 'select count(*) as n from inbox'))
    expect(lost).toEqual([])
    expect([...doubles.keys()].filter((purpose) => purpose !== 'turn' && purpose !== 'handoff')).toEqual([])
    expect(doubled).toBeLessThanOrEqual(report.inSendWindow)
  }, 900_000)
})
