import { isAlarm, type Level } from '../core/assessment.ts'
import type { ConversationKey } from '../core/ids.ts'
import type { ChannelAdapter } from '../core/ports.ts'
import type { Claim, Delivery } from '../core/records.ts'
import type { TurnInput } from '../core/turn.ts'

/**
 * An edit that is answered anew: the old answer is replaced where the platform can, so that two do not stand side by
 * side. Only where both are of one level below an alarm, and every part of the old one has one to take its place.
 */
export function replacing(
  deliveries: readonly Delivery[],
  input: TurnInput,
  claim: Claim,
  adapter: Pick<ChannelAdapter, 'editSent' | 'capabilities'>,
): readonly Delivery[] {
  const { before } = input
  const level: Level = claim.assessment?.level ?? 'routine'
  if (!before || !adapter.editSent || !adapter.capabilities.editSent) return deliveries
  if (isAlarm(level) || before.level !== level) return deliveries
  const places = new Set<ConversationKey>(deliveries.map(({ to }) => to))
  const ids = new Map<Delivery, string>()
  for (const place of places) {
    const old = before.sent.filter(({ to }) => to === place)
    const fresh = deliveries.filter(({ to, purpose }) => to === place && purpose === 'turn')
    if (old.length === 0 || fresh.length < old.length) continue
    for (const [index, { externalId }] of old.entries()) {
      const one = fresh[index]
      if (one) ids.set(one, externalId)
    }
  }
  return deliveries.map((one) => {
    const replaces = ids.get(one)
    return replaces ? { ...one, part: { ...one.part, replaces } } : one
  })
}
