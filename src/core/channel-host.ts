import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CaseId, Urn, WorkspaceId } from './ids.ts'
import type { InboundMessage } from './inbound.ts'
import type { SendOutcome, Store } from './ports.ts'
import type { HandoffCase, StaffAction } from './records.ts'
import type { Reply } from './reply.ts'
import type { RoomSettings } from './room.ts'

/** A path that a platform calls. It gets the raw request: a signature is over its bytes. */
export interface HttpRoute {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void
}

/** What cannot wait for the outbox: the platform wants the answer in the same call. */
export type SurfaceRequest =
  /** Titles for autocomplete and search. */
  | { readonly kind: 'topics'; readonly text: string; readonly locale?: string; readonly limit: number }
  /** A vetted article, short, as a card somebody chose to insert. */
  | { readonly kind: 'article'; readonly id: string; readonly locale?: string }
  /** What the person's own page shows: what Salus is, topics, their settings and data. */
  | { readonly kind: 'home'; readonly urn: Urn; readonly locale?: string }

export type SurfaceView =
  | { readonly kind: 'topics'; readonly items: readonly { readonly id: string; readonly title: string }[] }
  | { readonly kind: 'reply'; readonly title: string; readonly reply: Reply }
  | { readonly kind: 'nothing' }

/** A case as staff rooms show it: no name, no words. */
export interface CaseCard {
  readonly caseId: CaseId
  readonly pseudonym: string
  readonly level: HandoffCase['level']
  readonly topic: string
  readonly status: HandoffCase['status']
  /** Name for work of who owns it. */
  readonly owner?: string
  readonly openedAt: number
  readonly answerBy: number
  /** Why staff are told now; absent when the card is only brought up to date. */
  readonly reason?: string
  /** Labels in the workspace's language. */
  readonly words: CaseCardWords
}

export interface CaseCardWords {
  readonly title: string
  readonly status: string
  readonly claim: string
  readonly open: string
  readonly snooze: string
  readonly resolve: string
}

/** A line of a case's conversation in a staff room that shows words, personal details masked. */
export interface CaseText {
  readonly from: 'member' | 'salus' | 'staff' | 'system'
  /** Who says it, as it is shown: the pseudonym, "Salus", a staff member's name for work; '' for the system. */
  readonly name: string
  readonly text: string
}

/** What became of a staff member's press, in words to show them alone. */
export interface StaffPressed {
  readonly kind: 'done' | 'refused'
  readonly text: string
}

/** Everything an adapter may ask of Salus. Each adapter is handed one, bound to its channel. */
export interface ChannelHost {
  /** The workspace that a platform's tenant belongs to; made at first contact. */
  workspaceOf(tenant: { readonly id: string; readonly name?: string }): Promise<WorkspaceId>
  /** Whether there is one already; none is made. */
  hasWorkspace(tenant: { readonly id: string }): Promise<boolean>
  /** Read-only, at most a second, then `nothing`. */
  query(workspace: WorkspaceId, request: SurfaceRequest): Promise<SurfaceView>
  /** A staff member, known by platform account, acts on a case. An account that is not linked does nothing. */
  press(press: {
    readonly workspace: WorkspaceId
    readonly urn: Urn
    readonly caseId: CaseId
    readonly action: StaffAction
    /** The platform's id of the press: pressed twice is done once. */
    readonly externalId: string
  }): Promise<StaffPressed>
  /** Whether a platform account belongs to somebody who is staff now. */
  isStaff(workspace: WorkspaceId, urn: Urn): Promise<boolean>
  /** Where a linked staff member reads a case: a sign-in link to the console, for their eyes alone. */
  openCase(
    workspace: WorkspaceId,
    urn: Urn,
    caseId: CaseId,
  ): Promise<StaffPressed & { readonly url?: string }>
  /**
   * What a linked staff member wrote in the thread of a case, for the member: sent in their name for work. Refused in
   * words when the account is not linked, the case is somebody else's, not claimed yet, or closed, and when the room
   * does not show text. What became of it is told in the thread by `StaffSurface.showText`.
   */
  relay(relay: {
    readonly workspace: WorkspaceId
    readonly urn: Urn
    readonly caseId: CaseId
    readonly text: string
    /** The platform's id of the message: delivered twice is sent once. */
    readonly externalId: string
  }): Promise<StaffPressed>
  /** Whether this platform's staff room shows words in the threads of its cases. Off until switched on. */
  staffRoomText(workspace: WorkspaceId): Promise<boolean>
  /** Switches that, on for linked staff alone; audited. The words are what the adapter answers. */
  setStaffRoomText(workspace: WorkspaceId, on: boolean, by: Urn): Promise<StaffPressed>
  /** What a room opted in to. `place`: the room's id, the same as `route.room` of conversations there. */
  roomSettings(workspace: WorkspaceId, place: string): Promise<RoomSettings>
  /**
   * Changes it; audited. The adapter has checked that the presser administers the room. When the watch went on or off,
   * `notice` is what the adapter posts to the room, for everybody there.
   */
  setRoom(
    workspace: WorkspaceId,
    place: string,
    change: Partial<RoomSettings>,
    by: Urn,
  ): Promise<{ readonly room: RoomSettings; readonly notice?: string }>
  /**
   * The safety watch: hand over what was written in a room and not addressed to Salus. Judged in memory; below `urgent`
   * and in rooms that did not opt in nothing is written anywhere. Else it is given, marked, to `take`: the adapter's
   * usual way of taking a message in. Rejects only when `take` does.
   */
  watch(
    message: InboundMessage,
    take: (message: InboundMessage) => Promise<unknown>,
  ): Promise<'dropped' | 'taken'>
  /** Makes the platform account a staff member's by the one-time code that `salus staff link` printed. */
  linkStaff(workspace: WorkspaceId, urn: Urn, code: string): Promise<StaffPressed>
  /** The fixed reply when a message could not be stored; undefined when this message had it already. */
  outage(
    workspace: WorkspaceId,
    message: { readonly source: string; readonly alarm: boolean },
  ): Promise<Reply | undefined>
  /**
   * What a form, or a press that is no part of a conversation, answers at once to whoever sent it alone: where the answer
   * comes or, `closed`, that it may not come and what to do; after an `alarm` the numbers, too. Fixed words.
   */
  formAnswer(
    workspace: WorkspaceId,
    form: { readonly closed: boolean; readonly alarm: boolean; readonly locale?: string },
  ): string
  /** A phrase of `content/phrases` in a locale, for what is not part of any turn. */
  say(key: string, locale?: string, values?: Readonly<Record<string, string>>): string
  /** Languages that there are phrases in. */
  readonly locales: readonly string[]
  readonly settings: Pick<Store, 'setting' | 'settings' | 'saveSetting' | 'workspacesOf' | 'tookIn'>
  report(code: string, error?: unknown): void
}

/** Shows cases to staff on a platform. */
export interface StaffSurface {
  /**
   * Brings the case's card up to date. With a `reason` staff are told: posted where there is none, and said again under
   * the one that is there. Without one a case that has no card gets none. `unreachable` where no room is linked.
   */
  showCase(workspace: WorkspaceId, card: CaseCard): Promise<SendOutcome>
  /**
   * Posts lines in the thread of the case's card, oldest first, as one message where its limits allow. `sent` with an id
   * that `changeText` understands. Called only while the room is set to show text
   * (`ChannelHost.setStaffRoomText`). `unreachable` where the case has no card.
   */
  showText?(workspace: WorkspaceId, caseId: CaseId, lines: readonly CaseText[]): Promise<SendOutcome>
  /**
   * Puts other lines in the place of an earlier post of `showText`, by the id that it was sent with: the person deleted
   * or changed what it showed.
   */
  changeText?(
    workspace: WorkspaceId,
    caseId: CaseId,
    externalId: string,
    lines: readonly CaseText[],
  ): Promise<SendOutcome>
}
