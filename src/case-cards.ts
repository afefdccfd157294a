import type { CaseCard, StaffSurface } from './core/channel-host.ts'
import { asId, type CaseId, type WorkspaceId } from './core/ids.ts'
import type { ChannelName } from './core/inbound.ts'
import type { Bus, SendOutcome, Store } from './core/ports.ts'
import type { HandoffCase } from './core/records.ts'
import type { RenderedPart } from './core/reply.ts'
import type { Phrases } from './dialogs/phrases.ts'
import { createStaffText } from './staff-text.ts'

/** Looked for again after this long while staff could not be reached, ms. */
const absentMs = 5_000

type ToStaff = (workspace: WorkspaceId, part: RenderedPart) => Promise<SendOutcome>

export interface CaseCardParts {
  readonly store: Pick<
    Store,
    'case' | 'cases' | 'staff' | 'workspace' | 'workspaces' | 'setting' | 'saveSetting' | 'transcript'
  >
  readonly bus: Bus
  readonly phrases: Phrases
  readonly surfaces: readonly { readonly channel: ChannelName; readonly surface: StaffSurface }[]
  /** The staff page. */
  readonly page: ToStaff
  readonly report: (code: string, error?: unknown) => void
}

/**
 * Staff are told wherever they are: on open staff pages and in the staff rooms of the platforms. One place that
 * showed the alert is enough for "I have told the team".
 */
export function createCaseCards(parts: CaseCardParts) {
  const { store, surfaces } = parts
  const staffText = createStaffText(parts)

  async function show(
    workspace: WorkspaceId,
    one: HandoffCase,
    reason?: string,
  ): Promise<readonly SendOutcome[]> {
    if (surfaces.length === 0) return []
    const card = await cardOf(one, reason)
    return Promise.all(
      surfaces.map(async ({ channel, surface }): Promise<SendOutcome> => {
        try {
          const outcome = await surface.showCase(workspace, card)
          // "I have told the team" does not wait for words that follow the card.
          showWords(channel, surface, one.id)
          return outcome
        } catch (error) {
          parts.report('case_card_failed', error)
          return { kind: 'retry', afterMs: absentMs }
        }
      }),
    )
  }

  function showWords(channel: ChannelName, surface: StaffSurface, id: CaseId): void {
    void staffText
      .show(channel, surface, id)
      .catch((error: unknown) => parts.report('case_text_failed', error))
  }

  async function cardOf(one: HandoffCase, reason: string | undefined): Promise<CaseCard> {
    const [staff, workspace] = await Promise.all([store.staff(one.workspace), store.workspace(one.workspace)])
    const locale = workspace?.locale ?? 'en'
    const owner = staff.find(({ id }) => id === one.assignee)?.name
    const say = (key: string, values?: Record<string, string>) =>
      parts.phrases.say(locale, `channel.card.${key}`, values)
    return {
      caseId: one.id,
      pseudonym: one.pseudonym,
      level: one.level,
      topic: one.topic,
      status: one.status,
      openedAt: one.openedAt,
      answerBy: one.answerBy,
      ...(owner ? { owner } : {}),
      ...(reason ? { reason: say(`reason.${reason}`) } : {}),
      words: {
        title: say('title', { pseudonym: one.pseudonym, topic: one.topic.replaceAll('_', ' ') }),
        status: say(`status.${one.status}`, { owner: owner ?? '?' }),
        claim: say('claim'),
        open: say('open'),
        snooze: say('snooze'),
        resolve: say('resolve'),
      },
    }
  }

  return {
    /** Where the drain hands alerts over. */
    async toStaff(workspace: WorkspaceId, part: RenderedPart): Promise<SendOutcome> {
      const { caseId, reason } = part.payload
      const one = typeof caseId === 'string' ? await store.case(asId<CaseId>(caseId)) : undefined
      const outcomes = await Promise.all([
        parts.page(workspace, part),
        ...(one ? await show(workspace, one, String(reason)) : []),
      ])
      const sent = outcomes.find((outcome) => outcome.kind === 'sent')
      return (
        sent ?? outcomes.find((outcome) => outcome.kind === 'retry') ?? { kind: 'retry', afterMs: absentMs }
      )
    },
    /** Brings the cards of a workspace up to date when its cases change. Returns the way to stop. */
    start(): () => void {
      const failed = (error: unknown) => parts.report('case_card_failed', error)
      const stops = [
        parts.bus.subscribe('case', (data) => {
          if (typeof data.caseId !== 'string' || typeof data.workspace !== 'string') return
          const workspace = asId<WorkspaceId>(data.workspace)
          void store
            .case(asId<CaseId>(data.caseId))
            .then((one) => one && show(workspace, one))
            .catch(failed)
        }),
        // What became of a staff member's words.
        parts.bus.subscribe('delivered', (data) => {
          const id = staffText.waitingIn(String(data.conversation))
          if (id) for (const { channel, surface } of surfaces) showWords(channel, surface, id)
        }),
      ]
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
}
