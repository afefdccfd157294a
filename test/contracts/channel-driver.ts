import type { Urn } from '../../src/core/ids.ts'
import type { JsonObject, NonEmpty } from '../../src/core/json.ts'
import type { ChannelCapabilities } from '../../src/core/ports.ts'
import type { RenderedPart, Reply } from '../../src/core/reply.ts'
import type { Hosted } from './channel-host.ts'

/** A message as it stands on the platform now, whoever drew it. */
export interface Heard {
  readonly id: string
  readonly place: string
  /** Nobody but one person reads it. */
  readonly alone: boolean
  readonly words: string
  /** What can be pressed under it. */
  readonly labels: readonly string[]
  /** Our delivery's key, where it went over the wire. */
  readonly key?: string
}

/** How a delivery of the platform was answered: `put off` must be sent again. */
export type Ack = 'taken' | 'refused' | 'put off'

/** What the platform sent, to be sent again or referred to. */
export interface Sent {
  readonly ack: Ack
  /** Where an answer in the open would stand. */
  readonly place: string
  readonly body: JsonObject
}

/** Somebody who uses the platform. */
export interface ChannelPerson {
  readonly urn: () => Urn
  /** Where only they read. */
  readonly direct: string
  /** Writes to Salus alone. */
  say(text: string): Promise<Sent>
  /** Writes to Salus where others read along. */
  mention(text: string): Promise<Sent>
  /** Asks in the way that the platform waits longest for. Resolves when the platform has its acknowledgement. */
  ask(text: string): Promise<Ack>
  /** The platform delivers the same once more. */
  again(sent: Sent): Promise<Ack>
  edit(sent: Sent, text: string): Promise<Ack>
  remove(sent: Sent): Promise<Ack>
  press(on: Heard, label: RegExp): Promise<void>
  /** Nothing private reaches them any more. */
  close(): void
}

/** What staff see of cases on the platform. */
export interface Desk {
  cards(): Promise<readonly Heard[]>
  /** Presses Claim as linked staff, or as somebody who is not. */
  claim(card: Heard, as: 'staff' | 'stranger'): Promise<void>
}

/** One kind of what the platform sends, to be sent with something in it changed. */
export interface Kind {
  readonly name: string
  readonly body: unknown
  deliver(body: unknown): Promise<Ack>
}

/** A line to the platform that can break. */
export interface Connection {
  drop(): Promise<void>
  /** Resolves once the line stands again. */
  back(): Promise<void>
  /** What arrived over it in the person's direct place, each as often as it arrived. */
  heard(): Promise<readonly string[]>
  end(): Promise<void>
}

/** A platform's double and how to use it; Salus is started and stopped beside it. */
export interface Platform {
  /** What Salus is started with to attach to it. */
  readonly environment: Readonly<Record<string, string>>
  /** Resolves when a Salus that was just started hears what is sent. */
  ready(): Promise<void>
  person(): ChannelPerson
  /** Somebody of another workspace, server or tenant in the same process; with the same account where that can be. */
  elsewhere?(twin: ChannelPerson): Promise<ChannelPerson>
  heard(): Promise<readonly Heard[]>
  desk?(): Promise<Desk>
  /** Messages by Salus itself and by other bots, each with an alarm in it. */
  bots?(near: ChannelPerson): readonly (readonly [string, () => Promise<Ack>])[]
  /** What is not from the platform, or not fresh, each with an alarm in it. */
  forgeries?(near: ChannelPerson): readonly (readonly [string, () => Promise<Ack>])[]
  kinds(near: ChannelPerson): readonly Kind[]
  /** The platform puts off the next thing that is sent to that person, by a second. */
  slowDown?(person: ChannelPerson): void
  connect?(person: ChannelPerson): Promise<Connection>
  /** How the double's own refusal of an odd call reads in a report: no fault of Salus. */
  readonly refusal?: RegExp
  /** What the double found wrong with what Salus sent. */
  readonly faults: readonly string[]
  stop(): Promise<void>
}

/** What a channel may be without; the reason stands in the name of each clause that is left out. */
export type Feature =
  | 'crowd'
  | 'rooms'
  | 'staff'
  | 'bots'
  | 'forgeries'
  | 'redelivery'
  | 'changes'
  | 'slowing'
  | 'connection'
  | 'tenants'
  | 'outage'

/** What the suite needs to hold one channel to the contract. */
export interface ChannelDriver {
  readonly name: string
  readonly capabilities: ChannelCapabilities
  /** What the channel cannot have, and why. */
  readonly lacks: Readonly<Partial<Record<Feature, string>>>
  readonly render: (reply: Reply) => NonEmpty<RenderedPart>
  /** What of a rendered part breaks the platform's limits or would notify somebody; empty when it is good. */
  readonly faultsOf: (part: RenderedPart) => readonly string[]
  /** Everything that a rendered part shows. */
  readonly wordsOf: (part: RenderedPart) => string
  open(salus: Hosted): Promise<Platform>
}
