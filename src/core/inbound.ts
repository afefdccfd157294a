import type { ConversationKey, Urn, WorkspaceId } from './ids.ts'
import type { JsonObject } from './json.ts'

export type ChannelName = 'slack' | 'discord' | 'teams' | 'web' | 'console'

/** Where a conversation happens and how to answer there. */
export interface ConversationRef {
  readonly key: ConversationKey
  readonly workspace: WorkspaceId
  readonly channel: ChannelName
  /** `ephemeral`: only the person sees it, and it vanishes. */
  readonly surface: 'direct' | 'group' | 'thread' | 'ephemeral'
  /**
   * What the adapter needs to send there. May hold account ids and tokens: encrypted at rest, never logged. In a shared
   * place `room` names the room whose settings count (see `roomOf`). `zone`: the person's time zone, an IANA name,
   * where the platform tells it.
   */
  readonly route: JsonObject
}

export type InboundBody =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'attachment'; readonly mime: string; readonly caption?: string }
  /** A pressed button or a picked option; `replyTo` is the delivery that offered it. */
  | { readonly kind: 'choice'; readonly action: string; readonly value: string; readonly replyTo: string }
  | { readonly kind: 'command'; readonly name: string; readonly args: string }
  | { readonly kind: 'joined' }
  | { readonly kind: 'left' }
  | { readonly kind: 'edited'; readonly externalId: string; readonly text: string }
  | { readonly kind: 'deleted'; readonly externalId: string }

/** One thing a person did on a platform, verified and parsed. */
export interface InboundMessage {
  /** The platform's own stable id: unique within channel, workspace, place and kind. */
  readonly externalId: string
  readonly conversation: ConversationRef
  readonly sender: {
    readonly urn: Urn
    readonly displayName?: string
    /** The platform says that this person moderates the room that this is about. */
    readonly moderates?: boolean
  }
  readonly receivedAt: Date
  readonly locale?: string
  readonly body: InboundBody
  /** It was not addressed to Salus: the safety watch of its room took it in. Set by `ChannelHost.watch`. */
  readonly watched?: boolean
  /**
   * "Check this claim": the words are somebody else's, written in that room. The ref is the sender's own there, so that
   * a moderator can have the answer posted.
   */
  readonly checks?: ConversationRef
  /** The words are somebody else's: escalated to staff, or forwarded. They say nothing of the sender. */
  readonly others?: true
  /** Where somebody else's words were written, when that is a room: the sender's own conversation there. */
  readonly writtenIn?: ConversationRef
  /** The person deleted it: its words are gone. Set by the store. */
  readonly deleted?: boolean
}

/** Bytes that lead to no turn, and why: counted, never thrown. */
export interface Ignored {
  readonly ignored: 'own_message' | 'other_bot' | 'unaddressed' | 'empty' | 'unsupported' | 'no_edit_time'
}

/** Whether the words are somebody else's: checked, escalated or forwarded. */
export function saysOthersWords({ checks, others }: Pick<InboundMessage, 'checks' | 'others'>): boolean {
  return checks !== undefined || others === true
}

/** The words a person wrote, in whatever form they came; undefined when there are none. */
export function textOf(body: InboundBody): string | undefined {
  switch (body.kind) {
    case 'text':
    case 'edited':
      return body.text
    case 'command':
      return body.args
    case 'attachment':
      return body.caption
    default:
      return undefined
  }
}
