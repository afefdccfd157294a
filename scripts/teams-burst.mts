// Sends a burst of messages to the built product, attached to a double of Teams, and prints how long each took to be
// acknowledged. By hand: npx tsx scripts/teams-burst.mts [events a second] [seconds]
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Person, TeamsDouble, wordsOf } from '../test/adapters/teams-double.ts'

const [rate = 1_000, seconds = 3] = process.argv.slice(2).map(Number)
const people = 500
const port = 18_978
const url = `http://127.0.0.1:${port}`
const setup = `
name: Burst
locale: en
country: GB
minimumAge: 13
consentAge: 16
staffing: none
safeguardingLead: Sam Okafor
privacyLead: Jo Lind
privacyUrl: https://clinic.example/privacy
unreviewedAccepted: { by: Jo Lind, on: 2026-03-01 }
`
const questions = [
  'What helps a migraine?',
  'What helps hay fever?',
  'What are the signs of a stroke?',
  'help',
  'hello',
]

const folder = mkdtempSync(join(tmpdir(), 'salus-burst-'))
const double = await new TeamsDouble().start()
const env = {
  ...process.env,
  ...double.environment,
  SALUS_DATA_DIR: folder,
  SALUS_PORT: String(port),
  SALUS_LOG_LEVEL: 'error',
}
let product: ChildProcess | undefined
try {
  writeFileSync(join(folder, 'setup.yaml'), setup)
  const salus = (...args: string[]) =>
    spawnSync(process.execPath, ['bin/salus.mjs', ...args], { env, stdio: 'inherit' })
  salus('setup', '--from', join(folder, 'setup.yaml'))
  product = spawn(process.execPath, ['bin/salus.mjs', 'start'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const { pid } = product
  if (pid === undefined) throw new Error('the product did not start')
  await until(() =>
    fetch(`${url}/healthz`)
      .then(({ ok }) => ok)
      .catch(() => false),
  )
  const crowd = Array.from({ length: people }, (_one, index) => new Person(double, () => url, `p${index}`))
  // The first message of a person makes their account and greets them.
  for (let from = 0; from < people; from += 10)
    await Promise.all(crowd.slice(from, from + 10).map((person) => person.say('hello')))
  await quiet()
  const before = memory(pid)
  const tookMs: number[] = []
  const sending: Promise<void>[] = []
  let refused = 0
  let unanswered = 0
  const token = double.token()
  const start = performance.now()
  for (let sent = 0; sent < rate * seconds; sent++) {
    const due = start + (sent / rate) * 1_000
    if (due > performance.now()) await sleep(due - performance.now())
    const person = crowd[sent % people]!
    const activity = person.activity({ text: questions[sent % questions.length]! })
    const at = performance.now()
    sending.push(
      person
        .send(activity, token)
        .then(async (response) => {
          await response.arrayBuffer()
          tookMs.push(performance.now() - at)
          if (response.status !== 200) refused++
        })
        .catch(() => {
          unanswered++
        }),
    )
  }
  const sentIn = performance.now() - start
  await Promise.all(sending)
  await quiet()
  const most = memory(pid)
  await sleep(10_000)
  tookMs.sort((a, b) => a - b)
  const at = (share: number) => Math.round(tookMs[Math.floor((tookMs.length - 1) * share)] ?? 0)
  const keys = double.posted.map(({ activity }) => replyKeyOf(activity)).filter((key) => key !== undefined)
  console.log(
    JSON.stringify({
      machine: `${cpus().length} cores, ${process.version}`,
      events: tookMs.length,
      sentInMs: Math.round(sentIn),
      refused,
      unanswered,
      ackMs: { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) },
      posted: double.posted.length,
      doubles: keys.length - new Set(keys).size,
      memoryMb: { before, afterBurst: most, tenSecondsLater: memory(pid) },
    }),
  )
} finally {
  if (product) {
    const ended = new Promise((resolve) => product?.once('exit', resolve))
    product.kill('SIGTERM')
    await ended
  }
  await double.stop()
  rmSync(folder, { recursive: true, force: true })
}

/** Waits until nothing more is posted for five seconds. */
async function quiet(): Promise<void> {
  for (let last = -1; last !== double.posted.length; await sleep(5_000)) last = double.posted.length
}

async function until(test: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600 && !(await test()); tries++) await sleep(100)
}

/** Resident memory, MB. */
function memory(pid: number): number {
  return Math.round(
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024,
  )
}

/** The delivery that a reply with buttons belongs to: the same twice is a double. */
function replyKeyOf(activity: Record<string, unknown>): string | undefined {
  const key = /"replyTo":"([^"]+)"/.exec(JSON.stringify(activity))?.[1]
  return key && `${key}\n${wordsOf({ activity })}`
}
