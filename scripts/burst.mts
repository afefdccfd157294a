// Sends a burst of questions to the built product, attached to the double of each platform, and prints how long the
// platform waited for each acknowledgement, and what memory came to: as it lies, after a minute in which nobody writes,
// and after a forced collection, which alone tells what is still held.
// By hand: npx tsx scripts/burst.mts [slack|discord|teams] [events a second] [seconds]
import { readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
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
/** Longer than any platform waits, ms: not acknowledged. */
const givenUpMs = 30_000
/** Collects garbage when told to. */
const collecting = new URL('collect-on-signal.mjs', import.meta.url)

for (const driver of drivers.filter(({ name }) => only === undefined || name === only)) await measure(driver)
process.exit(0)

async function measure(driver: ChannelDriver): Promise<void> {
  const program = await createHostedProgram()
  const platform = await driver.open(program)
  await program.start({
    ...platform.environment,
    SALUS_LOG_LEVEL: 'error',
    NODE_OPTIONS: `--expose-gc --import ${collecting}`,
  })
  await platform.ready()
  const crowd = Array.from({ length: people }, () => platform.person())
  for (let from = 0; from < people; from += 20)
    await Promise.all(crowd.slice(from, from + 20).map((person) => person.say('hello')))
  await quiet(platform)
  const before = { lying: await used(program), held: await collected(program) }
  const shown = (await platform.heard()).length
  const load = loadavg()[0] ?? 0

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
      Promise.race([person.ask(text), sleep(givenUpMs, 'lost')]).then((ack) => {
        took.push(performance.now() - at)
        if (ack !== 'taken') refused++
      }),
    )
  }
  await Promise.all(sending)
  const peak = await used(program)
  const drained = await quiet(platform)
  await sleep(10_000)
  const soon = await used(program)
  await sleep(50_000)
  const after = { lying: await used(program), held: await collected(program) }
  const keys = (await platform.heard()).flatMap(({ key }) => (key ? [key] : []))
  const sorted = took.sort((a, b) => a - b)
  const at = (part: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0)
  console.log(
    `${driver.name} ${rate}/s for ${seconds} s (${cpus().length} cores, double and sender on them too; load before ${load.toFixed(1)}): acknowledged p50 ${at(0.5)}, p99 ${at(0.99)}, max ${at(1)} ms; not taken ${refused}; answers ${(await platform.heard()).length - shown}, doubled ${keys.length - new Set(keys).size}, last one ${drained} s after`,
  )
  console.log(
    `  resident/heap, MB: before ${before.lying}, peak ${peak}, 10 s after ${soon}, 60 s after ${after.lying}; after a forced collection: before ${before.held}, after ${after.held}`,
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

/** What is held once garbage is collected. */
async function collected(program: HostedProgram): Promise<string> {
  process.kill(program.pid(), 'SIGUSR2')
  await sleep(2_000)
  return used(program)
}

/** Resident memory and what the heap holds, MB; what nobody needs may still lie in it. */
async function used(program: HostedProgram): Promise<string> {
  const metrics = await fetch(`${program.url()}/metrics`).then((answer) => answer.text())
  const heap = Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(metrics)?.[1]) / 2 ** 20
  const status = readFileSync(`/proc/${program.pid()}/status`, 'utf8')
  const resident = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024
  return `${Math.round(resident)}/${Math.round(heap)}`
}
