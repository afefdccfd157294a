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
}

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
    const next = nextLines(
      lines.filter((line) => line.at >= from),
      shown,
    )
    if (next.lines.length > 0) {
      const say = (key: string, values?: Record<string, string>) =>
        phrases.say(workspace?.locale ?? 'en', `channel.relayed.${key}`, values)
      const nameOf = (line: TranscriptLine) => staff.find((member) => member.id === line.staff)?.name ?? '?'
      const texts = next.lines.map((line) => textOf(line, { one, channel, say, nameOf }))
      const sent = await surface.showText(one.workspace, id, texts)
      // Without a card there is no thread yet: what was not shown is shown with the next change.
      if (sent.kind !== 'sent') return
    }
    if (next.changed) {
      const { at, ids, open } = next.shown
      if (open.length > 0) waiting.set(one.conversation, id)
      else waiting.delete(one.conversation)
      await store.saveSetting(one.workspace, 'case_card', marker, { at, ids, open })
    }
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
    at: typeof value?.at === 'number' ? value.at : Number.NEGATIVE_INFINITY,
    ids: texts(value?.ids),
    open: texts(value?.open),
  }
}

/** What the thread does not show yet, oldest first, and how far it will have come. Pure. */
function nextLines(lines: readonly TranscriptLine[], shown: Shown) {
  const fresh = lines.filter(
    (line) => line.at > shown.at || (line.at === shown.at && !shown.ids.includes(idOf(line))),
  )
  const isOpen = (line: TranscriptLine) => line.from === 'staff' && !isSettled(line)
  // A staff member's line is shown with what became of it.
  const settled = lines.filter((line) => shown.open.includes(idOf(line)) && isSettled(line))
  const at = fresh.at(-1)?.at ?? shown.at
  const ids = [...(at === shown.at ? shown.ids : []), ...fresh.filter((line) => line.at === at).map(idOf)]
  const waiting = shown.open.filter((id) => !settled.some((line) => idOf(line) === id))
  const open = [...waiting, ...fresh.filter(isOpen).map(idOf)]
  return {
    lines: [...settled, ...fresh.filter((line) => !isOpen(line))],
    shown: { at, ids, open },
    changed: fresh.length > 0 || settled.length > 0,
  }
}

function isSettled({ delivery }: TranscriptLine): boolean {
  return delivery !== 'due' && delivery !== 'sending'
}

/** Names a version of a line: a deleted or changed message is told of again. */
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
