import type { ConversationKey } from '../../core/ids.ts'
import type { ConversationRef } from '../../core/inbound.ts'
import type { JsonObject, JsonValue } from '../../core/json.ts'
import { type DiscordPlace, placeOf } from './place.ts'

/** How far a conversation was read. */
export interface Heard {
  readonly key: ConversationKey
  /** Where its messages stand: a direct channel or a thread. */
  readonly channel: string
  readonly user: string
  readonly guild?: string
  readonly thread?: string
  readonly room?: string
  /** The last message that was taken in. */
  readonly last: string
}

/** Rows that the list is kept in, and conversations in each: with more, the longest silent is let go. */
const rows = 32
const perRow = 200
/** How often people whose data was deleted are looked for, ms. */
const sweepEveryMs = 60 * 60_000

export interface HeardParts {
  readonly now: () => number
  readonly recall: (name: string) => Promise<JsonObject | undefined>
  readonly keep: (name: string, value: JsonObject | undefined) => Promise<void>
  /** False once the person's data is gone. */
  readonly known: (ref: Pick<ConversationRef, 'key'>) => Promise<boolean>
}

/**
 * The conversations that are open, and how far each was read: what was written while nobody listened is read from
 * there, and a deletion, of which Discord tells an id alone, finds its person.
 */
export function createHeard({ now, recall, keep, known }: HeardParts) {
  /** In each row, the longest silent first. */
  const lists = Array.from({ length: rows }, () => new Map<ConversationKey, Heard>())
  const changed = new Set<number>()
  let sweptAt = now()

  const rowOf = (key: ConversationKey) =>
    [...key].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % rows, 0)

  async function sweep(): Promise<void> {
    sweptAt = now()
    for (const [row, list] of lists.entries())
      for (const { key } of [...list.values()])
        if (!(await known({ key }))) {
          list.delete(key)
          changed.add(row)
        }
  }

  async function save(): Promise<void> {
    if (now() - sweptAt >= sweepEveryMs) await sweep()
    for (const row of [...changed]) {
      changed.delete(row)
      const list = [...(lists[row]?.values() ?? [])]
      try {
        await keep(`heard/${row}`, list.length > 0 ? { list: list as unknown as JsonValue } : undefined)
      } catch (error) {
        changed.add(row)
        throw error
      }
    }
  }

  return {
    async load(): Promise<void> {
      for (const [row, list] of lists.entries()) {
        const kept = (await recall(`heard/${row}`))?.list
        if (!Array.isArray(kept)) continue
        for (const one of kept as unknown as readonly Heard[]) if (!list.has(one.key)) list.set(one.key, one)
      }
    },
    /** A message was taken in. */
    note(ref: ConversationRef, message: string): void {
      const { user, channel, guild, thread, room } = placeOf(ref)
      const row = rowOf(ref.key)
      const list = lists[row]
      if (!list) return
      const before = list.get(ref.key)?.last
      const last = before !== undefined && BigInt(before) > BigInt(message) ? before : message
      list.delete(ref.key)
      const oldest = list.keys().next().value
      if (list.size >= perRow && oldest !== undefined) list.delete(oldest)
      list.set(ref.key, {
        key: ref.key,
        channel: thread ?? channel,
        user,
        last,
        ...(guild ? { guild } : {}),
        ...(thread ? { thread } : {}),
        ...(room ? { room } : {}),
      })
      changed.add(row)
    },
    /** All that are open; those of people who are gone are forgotten first. */
    async open(): Promise<readonly Heard[]> {
      await sweep()
      return lists.flatMap((list) => [...list.values()])
    },
    /** Whose messages stand in a channel, or which thread hangs under that message; with their conversation's key. */
    whoWrote(
      channel: string,
      message: string,
    ): readonly (DiscordPlace & { readonly key: ConversationKey })[] {
      return lists
        .flatMap((list) => [...list.values()])
        .filter((one) => one.channel === channel || one.thread === message)
        .map(({ key, user, guild, thread, room }) => ({
          key,
          user,
          channel,
          ...(guild ? { guild } : {}),
          ...(thread ? { thread } : {}),
          ...(room ? { room } : {}),
        }))
    },
    save,
  }
}
