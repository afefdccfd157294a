import { createHash } from 'node:crypto'
import type { CaseText, StaffSurface } from './core/channel-host.ts'
import type { CaseId, WorkspaceId } from './core/ids.ts'
import type { ChannelName } from './core/inbound.ts'
import type { JsonObject } from './core/json.ts'
import type { Store } from './core/ports.ts'
import type { HandoffCase, TranscriptLine } from './core/records.ts'
import type { Phrases } from './dialogs/phrases.ts'
import { redact } from './privacy/redact.ts'

/** Turns that a person who did not share what they said before still shows: the one that opened the case, ms. */
const openingMs = 60_000

type Settings = Pick<Store, 'setting' | 'saveSetting'>

/** Whether the staff room of a platform shows words. */
export async function showsText(
  store: Pick<Store, 'setting'>,
  workspace: WorkspaceId,
  channel: ChannelName,
): Promise<boolean> {
  return (await store.setting(workspace, 'room', staffRoomId(channel)))?.showText === true
}

export function saveShowsText(
  store: Pick<Store, 'saveSetting'>,
  workspace: WorkspaceId,
  channel: ChannelName,
  on: boolean,
): Promise<void> {
  return store.saveSetting(workspace, 'room', staffRoomId(channel), on ? { showText: true } : undefined)
}

function staffRoomId(channel: ChannelName): string {
  return `staff/${channel}`
}

/** How far the thread of a case has come. */
interface Shown {
  /** Time of the newest line shown, and the lines shown of that time. */
  readonly at: number
  readonly ids: readonly string[]
  /** What staff wrote whose delivery was still open. */
  readonly open: readonly string[]
  /** Posts that show what the person wrote: they follow when it is deleted or changed. */
  readonly posts: readonly Post[]
}
interface Post {
  /** What the platform calls it. */
  readonly id: string
  readonly lines: readonly string[]
  /** Hash of what it shows. */
  readonly hash: string
}

/** Posts that are kept up to date; nobody changes what lies further back. */
const postsKept = 100
/** Of a long conversation a new case shows this many lines; the rest is on the staff page. */
const firstLines = 40

export interface StaffTextParts {
  readonly store: Settings & Pick<Store, 'case' | 'staff' | 'workspace' | 'transcript'>
  readonly phrases: Phrases
}

/**
 * Shows the conversation of a case in its thread in a staff room that is set to show words: what was said so far when
 * it opens, then each new line, personal details masked, and what became of what staff wrote.
 */
export function createStaffText({ store, phrases }: StaffTextParts) {
  /** One at a time for each thread: two events at once must not show a line twice. */
  const running = new Map<string, Promise<void>>()
  /** Cases in whose threads a staff member waits to hear whether their words arrived, by conversation. */
  const waiting = new Map<string, CaseId>()

  async function catchUp(channel: ChannelName, surface: StaffSurface, id: CaseId): Promise<void> {
    const one = await store.case(id)
    if (!one || !surface.showText || !(await showsText(store, one.workspace, channel))) return
    const marker = `text/${channel}/${id}`
    const shown = readShown(await store.setting(one.workspace, 'case_card', marker))
    const [lines, staff, workspace] = await Promise.all([
      store.transcript(one.conversation),
      store.staff(one.workspace),
      store.workspace(one.workspace),
    ])
    const from = one.shared ? Number.NEGATIVE_INFINITY : one.openedAt - openingMs
    const seen = lines.filter((line) => line.at >= from)
    const next = nextLines(seen, shown)
    const say = (key: string, values?: Record<string, string>) =>
      phrases.say(workspace?.locale ?? 'en', `channel.relayed.${key}`, values)
    const nameOf = (line: TranscriptLine) => staff.find((member) => member.id === line.staff)?.name ?? '?'
    const told = (line: TranscriptLine) => textOf(line, { one, channel, say, nameOf })

    const posts: Post[] = []
    for (const post of shown.posts) {
      const now = seen.filter((line) => post.lines.includes(idOf(line))).map(told)
      const gone: CaseText = { from: 'member', name: one.pseudonym, text: say('deleted') }
      const texts = now.length > 0 ? now : [gone]
      const hash = hashOf(texts)
      const changed = hash === post.hash ? undefined : await change(surface, one, post.id, texts)
      posts.push(changed === undefined || changed.kind === 'retry' ? post : { ...post, hash })
    }
    const done: TranscriptLine[] = []
    for (const group of groupsOf(next.lines)) {
      const texts = group.map(told)
      const sent = await surface.showText(one.workspace, id, texts)
      // Without a card there is no thread yet: what was not shown is shown with the next change.
      if (sent.kind !== 'sent') break
      done.push(...group)
      const member = group.some((line) => line.from === 'contact')
      if (member) posts.push({ id: sent.externalId, lines: group.map(idOf), hash: hashOf(texts) })
    }
    const after = advanced(shown, next, done, posts.slice(-postsKept))
    if (after.open.length > 0) waiting.set(one.conversation, id)
    else waiting.delete(one.conversation)
    if (JSON.stringify(after) !== JSON.stringify(shown))
      await store.saveSetting(one.workspace, 'case_card', marker, asJson(after))
  }

  /** Where a post cannot be changed, staff are told beneath it at least. */
  function change(surface: StaffSurface, one: HandoffCase, post: string, texts: readonly CaseText[]) {
    return surface.changeText
      ? surface.changeText(one.workspace, one.id, post, texts)
      : surface.showText?.(one.workspace, one.id, texts)
  }

  return {
    /** The case whose thread waits for what became of a delivery in this conversation. */
    waitingIn: (conversation: string): CaseId | undefined => waiting.get(conversation),
    /** Shows what is new: calls for one thread run one after the other, each over the newest lines. */
    show(channel: ChannelName, surface: StaffSurface, id: CaseId): Promise<void> {
      const key = `${channel}/${id}`
      const after = (running.get(key) ?? Promise.resolve()).catch(() => {})
      const mine = after.then(() => catchUp(channel, surface, id))
      running.set(key, mine)
      return mine.finally(() => {
        if (running.get(key) === mine) running.delete(key)
      })
    },
  }
}

function readShown(value: JsonObject | undefined): Shown {
  const texts = (list: unknown) =>
    Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : []
  return {
    at: typeof value?.at === 'number' ? value.at : -1,
    ids: texts(value?.ids),
    open: texts(value?.open),
    posts: Array.isArray(value?.posts) ? (value.posts as unknown as readonly Post[]) : [],
  }
}

function asJson({ at, ids, open, posts }: Shown): JsonObject {
  return { at, ids, open, posts: posts.map(({ id, lines, hash }) => ({ id, lines, hash })) }
}

function hashOf(texts: readonly CaseText[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('base64url').slice(0, 22)
}

/** One post holds at most one line of the person's, so that it can be changed alone when they delete it. */
function groupsOf(lines: readonly TranscriptLine[]): readonly (readonly TranscriptLine[])[] {
  const groups: TranscriptLine[][] = []
  for (const line of lines) {
    const last = groups.at(-1)
    if (last && line.from !== 'contact') last.push(line)
    else groups.push([line])
  }
  return groups
}

interface Next {
  readonly lines: readonly TranscriptLine[]
  /** Written by staff, on their way: shown with what became of them. */
  readonly unsettled: readonly TranscriptLine[]
}

/** What the thread does not show yet, oldest first. Pure. */
function nextLines(lines: readonly TranscriptLine[], shown: Shown): Next {
  const fresh = lines.filter(
    (line) => line.at > shown.at || (line.at === shown.at && !shown.ids.includes(idOf(line))),
  )
  const settled = lines.filter((line) => shown.open.includes(idOf(line)) && isSettled(line))
  const unsettled = fresh.filter((line) => !isSettled(line))
  const first = shown.at < 0 ? fresh.slice(-firstLines) : fresh
  return { lines: [...settled, ...first.filter(isSettled)], unsettled }
}

/** How far the thread has come once `done` is shown. */
function advanced(
  shown: Shown,
  { lines, unsettled }: Next,
  done: readonly TranscriptLine[],
  posts: readonly Post[],
): Shown {
  const whole = done.length === lines.length
  const passed = [...done, ...(whole ? unsettled : [])].filter((line) => line.at >= shown.at)
  const at = Math.max(shown.at, ...passed.map((line) => line.at))
  const ids = passed.filter((line) => line.at === at).map(idOf)
  const open = shown.open.filter((id) => !done.some((line) => idOf(line) === id))
  return {
    at,
    ids: [...new Set([...(at === shown.at ? shown.ids : []), ...ids])],
    open: [...open, ...unsettled.filter((line) => whole || line.at < at).map(idOf)],
    posts,
  }
}

function isSettled({ from, delivery }: TranscriptLine): boolean {
  return from !== 'staff' || (delivery !== 'due' && delivery !== 'sending')
}

/** Names a line for as long as it exists. */
function idOf(line: TranscriptLine): string {
  return line.key ?? `in/${line.externalId ?? line.at}`
}

interface Telling {
  readonly one: HandoffCase
  readonly channel: ChannelName
  readonly say: (key: string, values?: Record<string, string>) => string
  readonly nameOf: (line: TranscriptLine) => string
}

function textOf(line: TranscriptLine, { one, channel, say, nameOf }: Telling): CaseText {
  const { pseudonym } = one
  switch (line.from) {
    case 'contact': {
      const words = line.deleted ? say('deleted') : redact(line.text, 'case').text
      const text = line.version && !line.deleted ? say(line.version, { text: words }) : words
      return { from: 'member', name: pseudonym, text }
    }
    case 'staff': {
      const outcome = say(outcomeOf(line), { pseudonym })
      // Their own words stand in the thread already.
      if (line.relayedFrom === channel) return { from: 'system', name: '', text: outcome }
      const undelivered = line.delivery === 'sent' ? '' : ` ${outcome}`
      return { from: 'staff', name: nameOf(line), text: `${line.text}${undelivered}` }
    }
    case 'bot':
      return { from: 'salus', name: 'Salus', text: line.text }
    case 'system':
      return { from: 'system', name: '', text: line.text }
  }
}

function outcomeOf({ delivery }: TranscriptLine): 'sent' | 'unreachable' | 'uncertain' | 'withdrawn' {
  switch (delivery) {
    case 'sent':
    case 'uncertain':
    case 'withdrawn':
      return delivery
    default:
      return 'unreachable'
  }
}
