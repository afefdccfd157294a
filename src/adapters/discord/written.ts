import { z } from 'zod'
import type { InboundBody } from '../../core/inbound.ts'
import { plainWords } from './text.ts'

const own = {
  content: z.string().optional(),
  attachments: z.array(z.looseObject({ content_type: z.string().nullish() })).optional(),
  sticker_items: z.array(z.unknown()).optional(),
  poll: z.unknown().optional(),
}
/** What a message holds, whoever wrote it; what somebody forwards is a snapshot of another message. */
export const held = { ...own, message_snapshots: z.array(z.unknown()).optional() }
const holding = z.looseObject(held)
type Holding = z.infer<typeof holding>
/** https://docs.discord.com/developers/resources/message#message-snapshot-object */
const snapshot = z.looseObject({ message: z.looseObject(own) })

/**
 * The words of a message and of what is forwarded in it: who forwards something writes nothing beside it. `self`: the
 * bot's own account.
 */
export function wordsIn(message: Holding, self?: string): string {
  return [message, ...forwardedIn(message)]
    .map(({ content }) => plainWords(content ?? '', self))
    .filter((words) => words !== '')
    .join('\n')
}

/** What a message says; undefined when it holds nothing. */
export function bodyOf(message: Holding, self?: string): InboundBody | undefined {
  const words = wordsIn(message, self)
  const all = [message, ...forwardedIn(message)]
  const [file] = all.flatMap(({ attachments }) => attachments ?? [])
  const unread = all.some(({ sticker_items, poll }) => (sticker_items?.length ?? 0) > 0 || poll != null)
  const forwards = (message.message_snapshots?.length ?? 0) > 0
  if (file || unread || (forwards && words === '')) {
    const mime = file ? (file.content_type ?? 'application/octet-stream') : 'image/unknown'
    return { kind: 'attachment', mime, ...(words === '' ? {} : { caption: words }) }
  }
  return words === '' ? undefined : { kind: 'text', text: words }
}

function forwardedIn({ message_snapshots = [] }: Holding): readonly z.infer<typeof snapshot>['message'][] {
  return message_snapshots.flatMap((one) => {
    const read = snapshot.safeParse(one)
    return read.success ? [read.data.message] : []
  })
}
