// 500 open cases and 50 staff who listen, read and act at the same time: how long the inbox takes to answer, and how
// long until a change stands on every page. Salus runs whole in this process, the staff in another.
// By hand: npx tsx scripts/inbox-bench.mts [cases] [staff] [seconds]
import { fork } from 'node:child_process'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { percentiles } from '../src/bench/percentiles.ts'
import { asId, type StaffId } from '../src/core/ids.ts'
import { localWorkspace } from '../src/open-state.ts'
import type { CaseList, InboxChange } from '../src/server/wire.ts'
import { openSite, Visitor } from '../test/web/site.ts'

interface Crowd {
  readonly url: string
  readonly cookies: readonly string[]
  readonly seconds: number
}
type Times = Readonly<Record<'list' | 'case' | 'act' | 'live', readonly number[]>>

/** Alerts of the cases that waited for somebody are told first, ms. */
const settleMs = 20_000
const words = [
  'I want to kill myself',
  'my dad has crushing chest pain and his left arm is numb',
  'I took 20 paracetamol yesterday',
]

if (process.send) process.once('message', (crowd) => void listen(crowd as Crowd))
else await measure()

async function measure(): Promise<void> {
  const [cases = 500, staff = 50, seconds = 30] = process.argv.slice(2).map(Number)
  const site = await openSite()
  for (let from = 0; from < cases; from += 25) {
    const crowd = Array.from({ length: Math.min(25, cases - from) }, () => site.visitor())
    await Promise.all(crowd.map((visitor, index) => visitor.say(words[(from + index) % words.length] ?? '')))
  }
  const open = () => site.state.store.cases(localWorkspace, { status: ['waiting', 'claimed', 'snoozed'] })
  for (let waits = 0; (await open()).length < cases && waits < 40; waits++) await sleep(1_000)
  const cookies = await Promise.all(
    Array.from({ length: staff }, async (_, index) => {
      const id = asId<StaffId>(`staff-${index}`)
      await site.state.store.saveStaff({
        id,
        workspace: localWorkspace,
        name: `Staff ${index}`,
        role: 'volunteer',
        active: true,
      })
      const visitor = site.visitor()
      await visitor.fetch(site.staffLinkFor(id))
      return visitor.cookie
    }),
  )
  const crowd = fork(fileURLToPath(import.meta.url), { execArgv: process.execArgv })
  crowd.send({ url: site.url, cookies, seconds } satisfies Crowd)
  const times = await new Promise<Times>((resolve) => crowd.once('message', (sent) => resolve(sent as Times)))
  const load = loadavg()[0] ?? 0
  console.log(
    `${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, load ${load.toFixed(1)}, Node ${process.versions.node}, SQLite file`,
  )
  console.log(`${(await open()).length} open cases, ${staff} staff on the stream, ${seconds} s`)
  const names = { list: 'inbox', case: 'a case', act: 'an action taken in', live: 'a change on a page' }
  for (const [name, all] of Object.entries(times) as [keyof Times, number[]][]) {
    const { count, p50, p99 } = percentiles(all)
    console.log(
      `${names[name].padEnd(20)} ${count} times, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
    )
  }
  crowd.kill()
  await site.close()
  process.exit(0)
}

/** Each of the crowd listens, reads the list every second, a case every third, and writes a note every tenth. */
async function listen({ url, cookies, seconds }: Crowd): Promise<void> {
  const times = { list: [] as number[], case: [] as number[], act: [] as number[], live: [] as number[] }
  const claimed = new Map<string, number>()
  const until = performance.now() + settleMs + seconds * 1_000
  await Promise.all(cookies.map((cookie, index) => sit(cookie, index)))
  process.send?.(times)

  async function sit(cookie: string, index: number): Promise<void> {
    const me = new Visitor(url)
    me.cookie = cookie
    let { at, cases } = await me.json<CaseList>('/api/staff/cases')
    let read = 0
    void me
      .events(`/api/staff/stream?since=${at}`, (events) => {
        for (const { event, data } of events.slice(read)) {
          if (event === 'cases') arrived(data as unknown as InboxChange)
          // As a page does; one of fifty is enough to count as told.
          if (event === 'alert' && index === 0) void me.post(`/api/staff/alerts/${data.id}/seen`, {})
        }
        read = events.length
        return false
      })
      .catch(() => {})
    await sleep(settleMs)
    await sleep((index / cookies.length) * 1_000)
    for (let round = 0; performance.now() < until; round++) {
      await timed('list', async () => {
        ;({ at, cases } = await me.json<CaseList>('/api/staff/cases'))
      })
      const mine = cases[(index * 7 + round) % cases.length]
      if (mine && round % 3 === 0) await timed('case', () => me.json(`/api/staff/cases/${mine.id}`))
      if (mine && round % 10 === index % 10 && mine.status === 'waiting') {
        claimed.set(mine.id, performance.now())
        await timed('act', () =>
          me.post(`/api/staff/cases/${mine.id}/actions`, { id: `bench-${index}-${round}`, kind: 'claim' }),
        )
      }
      await sleep(1_000)
    }
  }

  function arrived(change: InboxChange): void {
    for (const { id, status } of change.cases) {
      const from = status === 'claimed' ? claimed.get(id) : undefined
      if (from !== undefined) times.live.push(performance.now() - from)
    }
  }

  async function timed(kind: 'list' | 'case' | 'act', run: () => Promise<unknown>): Promise<void> {
    const from = performance.now()
    await run()
    times[kind].push(performance.now() - from)
  }
}
