import { rank } from '../core/assessment.ts'
import type { ConversationKey } from '../core/ids.ts'
import type { Store } from '../core/ports.ts'
import type { Delivery, TranscriptLine } from '../core/records.ts'
import type { ReplyElement } from '../core/reply.ts'
import type { ChatEntry } from './wire.ts'

/** Entries that a page shows at most; older ones are in the person's export. */
const entryLimit = 400

/** What the person and Salus said to each other, oldest first. What was withdrawn or is still waiting is left out. */
export async function readHistory(
  store: Pick<Store, 'transcript' | 'deliveriesSince'>,
  conversation: ConversationKey,
): Promise<readonly ChatEntry[]> {
  const [lines, deliveries] = await Promise.all([
    store.transcript(conversation),
    store.deliveriesSince(conversation, 0),
  ])
  const byKey = new Map<string, Delivery>(deliveries.map((delivery) => [delivery.key, delivery]))
  return lines
    .flatMap((line): ChatEntry[] => {
      if (line.from === 'contact') return [heard(line, byKey)]
      const delivery = line.key && byKey.get(line.key)
      if (!delivery || !(delivery.status === 'sent' || delivery.status === 'uncertain')) return []
      return [entryOf(delivery, line.at)]
    })
    .slice(-entryLimit)
}

/** One delivery as the page shows it. */
export function entryOf(delivery: Delivery, at: number): ChatEntry {
  const elements = elementsOf(delivery)
  return {
    key: delivery.key,
    from: delivery.staff === undefined ? 'salus' : 'person',
    at,
    text: delivery.part.plain,
    elements,
    sequence: delivery.sequence,
    ...(rank(delivery.level) <= rank('urgent') && elements.some(isUrgent) ? { urgent: true } : {}),
  }
}

function isUrgent(element: ReplyElement): boolean {
  return element.kind === 'notice' && element.tone === 'urgent'
}

function heard(line: TranscriptLine, byKey: ReadonlyMap<string, Delivery>): ChatEntry {
  const entry = { key: `me/${line.externalId ?? line.at}`, from: 'me' as const, at: line.at }
  if (!line.choice) return { ...entry, text: line.text }
  return { ...entry, text: labelOf(line.choice, byKey) ?? line.text, choice: line.choice }
}

/** The words on the button that was pressed. */
export function labelOf(
  choice: NonNullable<TranscriptLine['choice']>,
  byKey: ReadonlyMap<string, Delivery>,
): string | undefined {
  const offered = byKey.get(choice.replyTo)
  const options = (offered ? elementsOf(offered) : []).flatMap((element) =>
    element.kind === 'choices' && element.action === choice.action ? element.options : [],
  )
  return options.find(({ value }) => value === choice.value)?.label
}

/** What a delivery meant; empty for channels that keep only its rendering. */
export function elementsOf(delivery: Delivery): readonly ReplyElement[] {
  return (delivery.part.payload.elements ?? []) as unknown as readonly ReplyElement[]
}
