// Sends a burst of questions to the built product, attached to the double of each platform, and prints how long the
// platform waited for each acknowledgement. By hand: npx tsx scripts/burst.mts [slack|discord|teams] [events a second] [seconds]
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { discordDriver } from '../test/adapters/discord-driver.ts'
import { slackDriver } from '../test/adapters/slack-driver.ts'
import { teamsDriver } from '../test/adapters/teams-driver.ts'
import type { ChannelDriver, Platform } from '../test/contracts/channel-driver.ts'
import { createHostedProgram, type HostedProgram } from '../test/hosted-program.ts'

const drivers: readonly ChannelDriver[] = [slackDriver('http'), discordDriver, teamsDriver]
const [only, rate = 1_000, seconds = 10] = process.argv
  .slice(2)
  .map((one) => (/^\d+$/.test(one) ? Number(one) : one)) as [string?, number?, number?]
/** Known to Salus before the burst; each writes every half second in it. */
const people = 500
const questions = [
  'What helps a migraine?',
  'What helps hay fever?',
  'What are the signs of a stroke?',
  'hello',
]
/** Longest wait for the last answer, s. */
const patience = 180

for (const driver of drivers.filter(({ name }) => only === undefined || name === only)) await measure(driver)
process.exit(0)

async function measure(driver: ChannelDriver): Promise<void> {
  const program = await createHostedProgram()
  const platform = await driver.open(program)
  await program.start({ ...platform.environment, SALUS_LOG_LEVEL: 'error' })
  await platform.ready()
  const crowd = Array.from({ length: people }, () => platform.person())
  for (let from = 0; from < people; from += 20)
    await Promise.all(crowd.slice(from, from + 20).map((person) => person.say('hello')))
  await quiet(platform)
  const [before, heapBefore, shown] = [memory(program), await heap(program), (await platform.heard()).length]

  const took: number[] = []
  let refused = 0
  const start = performance.now()
  const sending: Promise<void>[] = []
  for (let sent = 0; sent < rate * seconds; sent++) {
    const due = start + (sent / rate) * 1_000
    if (due > performance.now()) await sleep(due - performance.now())
    const at = performance.now()
    const person = crowd[sent % people]
    const text = questions[sent % questions.length]
    if (!person || !text) continue
    sending.push(
      person.ask(text).then((ack) => {
        took.push(performance.now() - at)
        if (ack !== 'taken') refused++
      }),
    )
  }
  await Promise.all(sending)
  const peak = memory(program)
  const drained = await quiet(platform)
  await sleep(10_000)
  const keys = (await platform.heard()).flatMap(({ key }) => (key ? [key] : []))
  const sorted = took.sort((a, b) => a - b)
  const at = (part: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0)
  console.log(
    `${driver.name} ${rate}/s for ${seconds} s (${cpus().length} cores, double and sender on them too): acknowledged p50 ${at(0.5)}, p99 ${at(0.99)}, max ${at(1)} ms; not taken ${refused}; answers ${(await platform.heard()).length - shown}, doubled ${keys.length - new Set(keys).size}, last one ${drained} s after; memory before ${before}, peak ${peak}, 10 s after ${memory(program)} MB; heap before ${heapBefore}, after ${await heap(program)} MB`,
  )
  await program.close()
  await platform.stop()
}

/** Resolves to the seconds that it took until nothing new came for two. */
async function quiet(platform: Platform): Promise<number> {
  const start = Date.now()
  let count = -1
  let since = Date.now()
  while (Date.now() - since < 2_000 && Date.now() - start < patience * 1_000) {
    const now = (await platform.heard()).length
    if (now !== count) since = Date.now()
    count = now
    await sleep(200)
  }
  return Math.round((since - start) / 1_000)
}

/** What the heap holds, MB; what nobody needs may still lie in it. */
async function heap(program: HostedProgram): Promise<number> {
  const metrics = await fetch(`${program.url()}/metrics`).then((answer) => answer.text())
  return Math.round(Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(metrics)?.[1]) / 2 ** 20)
}

/** Resident memory, MB. */
function memory(program: HostedProgram): number {
  const status = readFileSync(`/proc/${program.pid()}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024)
}
