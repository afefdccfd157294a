import { isAlarm, type Level, type TriageAssessment } from './core/assessment.ts'
import { asId, type DeliveryKey, type WorkspaceId } from './core/ids.ts'
import type { ConversationRef, InboundMessage } from './core/inbound.ts'
import type { ChannelAdapter, Clock, SendOutcome, Store } from './core/ports.ts'
import type { Claim } from './core/records.ts'
import type { RenderedPart } from './core/reply.ts'
import type { Workspace } from './core/workspace.ts'
import type { DialogKit } from './dialogs/kit.ts'
import { outageText } from './dialogs/outage.ts'
import { replyOf } from './dialogs/voice.ts'

/** Staff are looked for this often, as often as they may come, before only the log knows. */
const staffTries = 120
/** A channel that hangs must not hold back the next try, ms. */
const tryWithinMs = 10_000

export interface LastResortParts {
  readonly kit: DialogKit
  readonly store: Pick<Store, 'workspace'>
  readonly clock: Clock
  readonly channelOf: (ref: ConversationRef) => ChannelAdapter
  readonly toStaff: (workspace: WorkspaceId, part: RenderedPart) => Promise<SendOutcome>
  readonly report: (
    code: string,
    about: { readonly [key: string]: unknown; readonly error?: unknown },
  ) => void
  readonly stopping: AbortSignal
}

/** What is still said when the store cannot be used: the fixed words to the person, an alert to staff and the log. */
export function createLastResort(parts: LastResortParts) {
  const { kit, clock, report } = parts
  const known = new Map<WorkspaceId, Workspace>()

  async function workspaceOf(id: WorkspaceId): Promise<Workspace | undefined> {
    try {
      const found = await parts.store.workspace(id)
      if (found) known.set(id, found)
      return found ?? known.get(id)
    } catch {
      return known.get(id)
    }
  }

  /** Keeps what is needed to speak while the store is away. */
  async function remember(id: WorkspaceId): Promise<void> {
    if (!known.has(id)) await workspaceOf(id)
  }

  async function alertStaff(workspace: WorkspaceId, level: Level, topic: string): Promise<void> {
    // The log first: it works when nothing else does. Codes only.
    report('alarm_without_store', { workspace, level, topic })
    // No case is known: a card without an id is shown where no store is needed.
    const payload = { kind: 'case_alert', pseudonym: '?', level, topic, reason: 'crashed' }
    const part = { payload, plain: `[${level}] ?: ${topic} (crashed)` }
    for (let attempt = 0; attempt < staffTries && !parts.stopping.aborted; attempt++) {
      const outcome = await tell(workspace, part)
      if (outcome.kind === 'sent') return
      await clock.sleep(outcome.kind === 'retry' ? outcome.afterMs : tryWithinMs, parts.stopping)
    }
    report('alarm_reached_nobody', { workspace, level, topic })
  }

  async function tell(workspace: WorkspaceId, part: RenderedPart): Promise<SendOutcome> {
    try {
      return await parts.toStaff(workspace, part)
    } catch (error) {
      report('alarm_alert_failed', { workspace, error })
      return { kind: 'retry', afterMs: tryWithinMs }
    }
  }

  async function sayTo(message: InboundMessage, level: Level): Promise<void> {
    const { conversation: ref } = message
    const workspace = await workspaceOf(ref.workspace)
    if (!workspace) return report('last_resort_unsaid', { workspace: ref.workspace })
    const adapter = parts.channelOf(ref)
    const alarm = isAlarm(level)
    const text = outageText(kit, workspace, clock.now(), alarm)
    const reply = replyOf([{ kind: 'notice', tone: alarm ? 'urgent' : 'info', text }], 'sender-only')
    const isShared = ref.surface === 'group' || ref.surface === 'thread'
    const direct = isShared ? adapter.directOf?.(ref) : undefined
    const alone = isShared && !direct ? ('private' as const) : ('shared' as const)
    // Danger gets its fixed words where it was told of, too: they name nobody, and nothing private may arrive.
    const places = [
      { to: direct ?? ref, via: alone },
      ...(alarm && isShared ? [{ to: ref, via: 'shared' as const }] : []),
    ]
    for (const [place, { to, via }] of places.entries()) {
      for (const [index, part] of adapter.render(reply).entries()) {
        await adapter.send(to, part, via, asId<DeliveryKey>(`last/${message.externalId}/${place}/${index}`))
      }
    }
  }

  return {
    remember,
    /** For the engine: a row that can be neither loaded nor committed. */
    async turn(claim: Claim): Promise<void> {
      const { payload } = claim
      const level = claim.assessment?.level ?? 'urgent'
      try {
        if (payload.kind === 'message') await sayTo(payload.message, level)
      } catch (error) {
        report('last_resort_unsaid', { inboxId: claim.inboxId, error })
      }
      void alertStaff(claim.workspace, level, 'crashed')
    },
    /** For the receiver: an alarm that could not be stored. */
    alarm(message: InboundMessage, { level, concerns }: TriageAssessment): void {
      void alertStaff(message.conversation.workspace, level, concerns[0] ?? level)
    },
  }
}
