import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import Libsql from 'libsql'

export interface KillLoop {
  readonly messages: number
  readonly kills: number
  /** Bundled child program. */
  readonly program: string
  readonly folder: string
  readonly random: () => number
}

export interface KillReport {
  readonly kills: number
  readonly accepted: number
  readonly redelivered: number
  /** Replies received, by delivery key. */
  readonly received: ReadonlyMap<string, number>
  /** Deliveries that were under way when the process died: each may arrive twice, and nothing else may. */
  readonly inSendWindow: number
}

const accounts = 50
/** Messages under way at once. */
const inFlight = 48
const checkpoints = ['claimed', 'ran', 'committed', 'sending', 'sent']

/**
 * Plays a platform that redelivers until it is acknowledged and ignores keys, against a Salus that is killed again
 * and again: from outside at a random moment, or by itself at a named point.
 */
export async function runKillLoop(loop: KillLoop): Promise<KillReport> {
  const unacknowledged = new Map<string, { account: string; text: string }>()
  const received = new Map<string, number>()
  let made = 0
  let accepted = 0
  let redelivered = 0
  let kills = 0
  let inSendWindow = 0
  let lastProgress = Date.now()
  let ready: (() => void) | undefined

  const more = (socket: Socket) => {
    while (made < loop.messages && unacknowledged.size < inFlight) {
      const id = `m${++made}`
      unacknowledged.set(id, {
        account: `a${Math.floor(loop.random() * accounts)}`,
        text: textOf(loop.random()),
      })
      send(socket, id)
    }
  }
  const send = (socket: Socket, id: string) => {
    socket.write(`${JSON.stringify({ type: 'message', id, ...unacknowledged.get(id) })}\n`)
  }
  const server = createServer((socket) => {
    // A killed process resets its connection; the next one connects anew.
    socket.on('error', () => {})
    const lines = createInterface({ input: socket })
    lines.on('error', () => {})
    lines.on('line', (line) => {
      const message = parse(line)
      if (!message) return
      lastProgress = Date.now()
      if (message.type === 'ready') {
        redelivered += unacknowledged.size
        for (const id of unacknowledged.keys()) send(socket, id)
        more(socket)
        ready?.()
      } else if (message.type === 'accepted') {
        if (unacknowledged.delete(message.id)) accepted++
        more(socket)
      } else if (message.type === 'send') {
        received.set(message.key, (received.get(message.key) ?? 0) + 1)
        socket.write(`${JSON.stringify({ type: 'confirmed', id: message.id })}\n`)
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }

  const start = (dieAt: string): ChildProcess =>
    spawn(process.execPath, [loop.program], {
      env: {
        ...process.env,
        PLATFORM_PORT: String(port),
        SALUS_DATA_DIR: loop.folder,
        DIE_AT: dieAt,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    })

  // Spreads the kills over the messages.
  const perKill = loop.messages / (loop.kills + 1)
  while (kills < loop.kills) {
    const byItself = kills % 2 === 0
    const point = checkpoints[kills % checkpoints.length]
    const child = start(byItself ? `${point}:${1 + Math.floor(loop.random() * perKill)}` : '')
    const died = once(child, 'exit')
    const up = new Promise<void>((resolve) => {
      ready = resolve
    })
    await Promise.race([up, died])
    if (!byItself) await sleep(loop.random() * 60)
    else await Promise.race([died, quiet(() => lastProgress)])
    child.kill('SIGKILL')
    await died
    kills++
    inSendWindow += countSending(loop.folder)
  }
  const last = start('')
  while (made < loop.messages || unacknowledged.size > 0 || openWork(loop.folder) > 0) {
    if (Date.now() - lastProgress > 30_000)
      throw new Error(
        `no progress: ${unacknowledged.size} not acknowledged, ${JSON.stringify(stuck(loop.folder))}`,
      )
    await sleep(100)
  }
  last.kill('SIGKILL')
  await once(last, 'exit')
  server.close()
  return { kills, accepted, redelivered, received, inSendWindow }
}

interface FromChild {
  readonly type: 'ready' | 'accepted' | 'send'
  readonly id: string
  readonly key: string
}

/** A line torn by a kill is no message. */
function parse(line: string): FromChild | undefined {
  try {
    return JSON.parse(line) as FromChild
  } catch {
    return undefined
  }
}

function textOf(fraction: number): string {
  if (fraction < 0.04) return 'i want to kill myself'
  if (fraction < 0.06) return 'my dad has crushing chest pain'
  return 'what are the signs of a stroke'
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Resolves once nothing has happened for a while: the point at which the child was to die never came. */
async function quiet(last: () => number): Promise<void> {
  while (Date.now() - last() < 400) await sleep(20)
}

function countSending(folder: string): number {
  return query(folder, `select count(*) as n from outbox where status = 'sending'`)
}

export function openWork(folder: string): number {
  return (
    query(folder, `select count(*) as n from inbox where status <> 'done'`) +
    query(folder, `select count(*) as n from outbox where status in ('due', 'sending')`)
  )
}

/** One number out of the database file. */
export function query(folder: string, sql: string): number {
  return (rows(folder, sql)[0] as { n: number }).n
}

/** What is neither done nor moving: ids and states only. */
function stuck(folder: string): unknown {
  return {
    inbox: rows(
      folder,
      `select kind, status, level, crashes, contact_id, claim_fence from inbox where status <> 'done' limit 5`,
    ),
    outbox: rows(
      folder,
      `select key, purpose, status, attempts, next_attempt_at from outbox where open = 1 limit 5`,
    ),
    contacts: rows(
      folder,
      "select id, fence, claim_fence, lease_until, claimed_by from contacts where id in (select contact_id from inbox where status <> 'done')",
    ),
    now: Date.now(),
  }
}

/** Deliveries to people that count as sent, and their purpose, by key. */
export function sentToPeople(folder: string): ReadonlyMap<string, string> {
  const sent = rows(folder, `select key, purpose from outbox where status = 'sent' and purpose <> 'alert'`)
  return new Map((sent as { key: string; purpose: string }[]).map(({ key, purpose }) => [key, purpose]))
}

function rows(folder: string, sql: string): unknown[] {
  const database = new Libsql(`${folder}/salus.db`)
  try {
    return database.prepare(sql).all()
  } finally {
    database.close()
  }
}
