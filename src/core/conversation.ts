import type { Concern, Level } from './assessment.ts'
import type { ContactId, WorkspaceId } from './ids.ts'
import type { ConversationRef } from './inbound.ts'
import type { JsonObject } from './json.ts'

/** Where a dialog stands while it waits for the person. */
export interface DialogFrame {
  readonly dialog: string
  readonly step: string
  readonly data: JsonObject
  /** Epoch ms after which the frame is forgotten; absent = it waits. */
  readonly expiresAt?: number
}

export interface Conversation {
  readonly ref: ConversationRef
  readonly contactId: ContactId
  /** `staff`: a person owns it and the bot is silent; `muted`: the person asked for silence. */
  readonly mode: 'bot' | 'staff' | 'muted'
  readonly revision: number
  /** Innermost frame last. */
  readonly stack: readonly DialogFrame[]
  /** What follow-ups lean on. */
  readonly topic?: {
    readonly article: string
    readonly passage?: string
    readonly at: number
    /** It was asked about so that only the person may know: what leans on it is for them alone, too. */
    readonly private?: true
  }
}

/** One account in one workspace, as the engine sees it. */
export interface Contact {
  readonly id: ContactId
  readonly workspace: WorkspaceId
  /** "Teal Heron": what staff see instead of a name. */
  readonly pseudonym: string
  readonly locale: string
  /** ISO 3166 alpha-2, set by the person; undefined until they say. */
  readonly country?: string
  readonly minor: boolean
  /** The person said stop: Salus starts nothing. */
  readonly stopped: boolean
  /** Epoch ms at which the one-line introduction was given. */
  readonly introducedAt?: number
  /** Epoch ms of the last self-harm signal: quantities are withheld for 72 h after it. */
  readonly selfHarmAt?: number
  /** Epoch ms at which the full crisis script was last given: not again within 30 min. */
  readonly crisisScriptAt?: number
  /** Epoch ms of the last abuse signal: nothing is ever sent first after one. */
  readonly abuseAt?: number
  /** Epoch ms of the last hint that a pregnancy or a child was lost: pregnancy and baby messages are held from then on. */
  readonly lossAt?: number
  /** Epoch ms of the last sign of an eating disorder: no weights, BMI, calories or exercise targets from then on. */
  readonly eatingAt?: number
  readonly recent: readonly {
    readonly at: number
    readonly level: Level
    readonly concerns: readonly Concern[]
  }[]
}

/** The fields of a contact that a turn may change. */
export type ContactChange = Partial<
  Pick<
    Contact,
    | 'locale'
    | 'country'
    | 'minor'
    | 'stopped'
    | 'introducedAt'
    | 'selfHarmAt'
    | 'crisisScriptAt'
    | 'abuseAt'
    | 'eatingAt'
  >
> & {
  /** `undefined` takes it back. */
  readonly lossAt?: number | undefined
}
