import type { ChannelName } from './inbound.ts'
import type { JsonObject, NonEmpty } from './json.ts'

/** A line somebody can call, write to or open. */
export interface Line {
  readonly name: string
  readonly phone?: string
  readonly text?: { readonly to: string; readonly body?: string }
  readonly url?: string
  /** How to reach it, in the reader's language: "call 116 123, open now, 24 hours". */
  readonly said: string
}

/** One cited work under an answer. */
export interface SourceItem {
  readonly publisher: string
  readonly title: string
  readonly url: string
  /** ISO date on which the source was read. */
  readonly read: string
}

export interface Choice {
  readonly value: string
  readonly label: string
}

/**
 * What a reply means, not how a platform draws it. Texts are plain: no markup, no mentions.
 * Every renderer handles every kind; a missing one does not compile.
 */
export type ReplyElement =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: NonEmpty<string>; readonly ordered?: boolean }
  | { readonly kind: 'notice'; readonly tone: 'info' | 'caution' | 'urgent'; readonly text: string }
  | { readonly kind: 'helpline'; readonly lines: NonEmpty<Line> }
  | { readonly kind: 'correction'; readonly claim: string; readonly verdict: string; readonly truth: string }
  | { readonly kind: 'sources'; readonly label: string; readonly items: NonEmpty<SourceItem> }
  | {
      readonly kind: 'choices'
      readonly action: string
      readonly prompt?: string
      readonly options: NonEmpty<Choice>
    }
  /** `path`: under the server's own address. `url`: the same where platforms can fetch it; absent where they cannot. */
  | { readonly kind: 'image'; readonly path: string; readonly alt: string; readonly url?: string }

/**
 * Who may see a reply. `sender-only` goes where nobody else reads, or not at all;
 * `sender-preferred` goes there when the place allows it.
 */
export type Audience = 'everyone' | 'sender-preferred' | 'sender-only'

export interface Reply {
  readonly elements: NonEmpty<ReplyElement>
  readonly audience: Audience
  /** `neutral`: the first 80 characters of anything that may preview must say nothing (abuse). */
  readonly preview?: 'neutral'
  /** A staff member wrote it in the thread of the case in that platform's staff room. */
  readonly relayedFrom?: ChannelName
}

/** A reply fitted to one platform's limits: what `send` puts on the wire. */
export interface RenderedPart {
  readonly payload: JsonObject
  /** The same as plain text: fallback, transcript, screen reader. */
  readonly plain: string
  /** It takes the place of what was sent under this id, where that can still be replaced. */
  readonly replaces?: string
  /** Nothing is sent: what the person wrote under this id is removed, as they agreed. */
  readonly removes?: string
}
