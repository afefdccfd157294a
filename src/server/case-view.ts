import { rank } from '../core/assessment.ts'
import type { StaffId } from '../core/ids.ts'
import type { StaffMember, Store } from '../core/ports.ts'
import type { Delivery, HandoffCase, TranscriptLine } from '../core/records.ts'
import type { ReplyElement } from '../core/reply.ts'
import { redact } from '../privacy/redact.ts'
import { elementsOf, labelOf } from './history.ts'
import { stretchesOf } from './stretches.ts'
import type { CaseItem, CaseLine, CaseView } from './wire.ts'

/** Turns that a person who did not share what they said before still shows: the one that opened the case, ms. */
const openingMs = 60_000

export interface CaseReader {
  readonly store: Pick<Store, 'transcript' | 'deliveriesSince' | 'caseNotes'>
  readonly staff: readonly StaffMember[]
  readonly me: StaffId
  readonly now: number
  /** Lines whose details its owner uncovered. */
  readonly revealed: ReadonlySet<string>
}

/** A case in the list: pseudonym, level, topic; no words. */
export function itemOf(one: HandoffCase, staff: readonly StaffMember[]): CaseItem {
  const owner = staff.find(({ id }) => id === one.assignee)
  return {
    id: one.id,
    pseudonym: one.pseudonym,
    level: one.level,
    topic: one.topic,
    status: one.status,
    openedAt: one.openedAt,
    answerBy: one.answerBy,
    ...(one.assignee ? { owner: { id: one.assignee, name: owner?.name ?? '?' } } : {}),
    ...(one.snoozedUntil === undefined ? {} : { snoozedUntil: one.snoozedUntil }),
    ...(one.waitingSince === undefined ? {} : { waitingSince: one.waitingSince }),
    ...(one.answeredAt === undefined ? {} : { answeredAt: one.answeredAt }),
  }
}

/** The owner of an urgent or worse case may uncover a masked detail. */
export function mayReveal(one: HandoffCase, me: StaffId): boolean {
  return one.assignee === me && rank(one.level) <= rank('urgent')
}

/**
 * A case opened: the alarming words and the last message as written, and the conversation with personal details
 * masked. Without the person's consent only what was said since the case opened.
 */
export async function viewCase(reader: CaseReader, one: HandoffCase): Promise<CaseView> {
  const { store, staff, me, now } = reader
  const [all, deliveries, notes] = await Promise.all([
    store.transcript(one.conversation),
    store.deliveriesSince(one.conversation, 0),
    store.caseNotes(one.id),
  ])
  const byKey = new Map<string, Delivery>(deliveries.map((delivery) => [delivery.key, delivery]))
  const from = one.shared ? Number.NEGATIVE_INFINITY : one.openedAt - openingMs
  const seen = all.filter((line) => line.at >= from)
  const said = seen.filter((line) => line.from === 'contact' && !line.choice)
  const raisedBy = alarming(said, one)
  const last = said.at(-1)
  return {
    now,
    item: itemOf(one, staff),
    shared: one.shared,
    minor: one.minor,
    summary: {
      ...(raisedBy ? { raisedBy: lineOf(raisedBy, byKey, true) } : {}),
      ...(last && last !== raisedBy ? { last: lineOf(last, byKey, true) } : {}),
    },
    lines: seen.map((line) => lineOf(line, byKey, reader.revealed.has(lineId(line)))),
    notes: notes.map((note) => ({
      at: note.at,
      by: staff.find(({ id }) => id === note.staff)?.name ?? '?',
      text: note.text,
    })),
    mayReveal: mayReveal(one, me),
  }
}

/** The newest message of the case's level; where none has it, of the worst there is, if it is out of the ordinary. */
function alarming(said: readonly TranscriptLine[], one: HandoffCase): TranscriptLine | undefined {
  const worst = Math.min(...said.map((line) => rank(line.level ?? 'routine')), rank('routine'))
  const wanted = said.some((line) => line.level === one.level) ? rank(one.level) : worst
  if (wanted >= rank('routine')) return undefined
  return said.findLast((line) => rank(line.level ?? 'routine') === wanted)
}

/** Names a line for as long as it exists. */
export function lineId(line: TranscriptLine): string {
  return line.key ?? `in/${line.externalId ?? line.at}`
}

function lineOf(line: TranscriptLine, byKey: ReadonlyMap<string, Delivery>, whole: boolean): CaseLine {
  const said = line.key && byKey.get(line.key)
  const words = (line.choice && labelOf(line.choice, byKey)) ?? (said && shortText(said)) ?? line.text
  const own = line.from === 'contact' && !line.choice
  const signs = own && rank(line.level ?? 'routine') <= rank('urgent') ? (line.signs ?? []) : []
  const change = line.deleted ? ('deleted' as const) : line.version
  const undelivered = line.delivery && line.delivery !== 'sent' ? line.delivery : undefined
  return {
    id: lineId(line),
    at: line.at,
    from: line.from,
    stretches: stretchesOf(words, signs, own && !whole ? redact(words, 'case').spans : []),
    ...(line.level ? { level: line.level } : {}),
    ...(undelivered ? { undelivered } : {}),
    ...(change ? { change } : {}),
  }
}

/** A reply as staff need it: what was said and asked, without addresses and buttons that ask nothing. */
function shortText(delivery: Delivery): string | undefined {
  const parts = elementsOf(delivery).map(shortElement)
  return parts.length > 0 ? parts.filter((part) => part !== '').join('\n') : undefined
}

function shortElement(element: ReplyElement): string {
  switch (element.kind) {
    case 'paragraph':
    case 'notice':
      return element.text
    case 'list':
      return element.items.map((item) => `- ${item}`).join('\n')
    case 'helpline':
      return element.lines.map((line) => `- ${line.name}: ${line.said}`).join('\n')
    case 'correction':
      return element.truth
    case 'choices': {
      const options = element.options.map(({ label }) => label).join(' · ')
      return element.prompt ? `${element.prompt} [${options}]` : ''
    }
    case 'sources':
      return element.label
    case 'image':
      return `[${element.alt}]`
  }
}
