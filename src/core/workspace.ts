import type { WorkspaceId } from './ids.ts'

/** Who is behind "talk to a person". `none`: nobody, and Salus says so. */
export type Staffing = 'none' | 'volunteers' | 'clinicians'

/** Weekly opening hours in a named zone; `days` are ISO weekdays, 1 = Monday. */
export interface OpeningHours {
  readonly zone: string
  readonly days: readonly number[]
  /** `HH:mm`, local. */
  readonly from: string
  readonly to: string
}

export interface AnswerWithin {
  readonly emergency?: number
  readonly crisis?: number
  readonly urgent?: number
  readonly sensitive?: number
  /** By the end of the first shift that begins after it was asked. */
  readonly routine?: number | 'next_working_day'
}

/** Turns of equal length, one person each, in order; the handover is at `at` in `zone`, also across clock changes. */
export interface Rota {
  readonly zone: string
  /** ISO date on which the first person's first turn begins. */
  readonly starts: string
  /** `HH:mm`, local. */
  readonly at: string
  /** Days of one turn. */
  readonly days: number
  /** Names, as in `pagers`. */
  readonly people: readonly string[]
  /** Somebody else from the handover on the one ISO date to that on the other; of several the last counts. */
  readonly overrides?: readonly { readonly from: string; readonly to: string; readonly person: string }[]
}

export interface Escalation {
  readonly rota?: Rota
  /** Name of the lead, as in `pagers`. */
  readonly lead?: string
  /** Where each of them is rung: an address that takes signed webhooks. */
  readonly pagers?: readonly { readonly person: string; readonly webhook: string }[]
  /** Rung when all else was: an address of the organisation's own. */
  readonly lastWebhook?: string
}

/** What setup asked. Nothing starts without it; the demo brings its own. */
export interface Workspace {
  readonly id: WorkspaceId
  readonly name: string
  readonly mode: 'demo' | 'production'
  readonly locale: string
  /** ISO 3166 alpha-2. */
  readonly country: string
  readonly minimumAge: number
  /** Age from which a person consents for themselves. */
  readonly consentAge: number
  readonly staffing: Staffing
  readonly staffCount: number
  readonly hours?: readonly OpeningHours[]
  /** ISO dates on which nobody begins a shift. */
  readonly holidays?: readonly string[]
  /** ISO date of the last rota drill; `clinicians` needs one within 30 days. */
  readonly drilledOn?: string
  readonly safeguardingLead: string
  readonly privacyLead: string
  readonly privacyUrl?: string
  /** Minutes until an unanswered case is widened and the member is told the truth. */
  readonly answerWithinMinutes: number
  /** Minutes by level, instead of that one time for all. Below urgent they are minutes in which the team is there. */
  readonly answerWithin?: AnswerWithin
  /** Whom a case that nobody answers reaches beyond the staff rooms. */
  readonly escalation?: Escalation
  readonly retention: { readonly routineDays: number; readonly caseDays: number; readonly auditDays: number }
  /** The community's own channels where people who share a topic meet; `topic` as in `content/support-groups`. */
  readonly communityChannels?: readonly {
    readonly topic: string
    readonly name: string
    readonly url?: string
  }[]
  /** Written acceptance of unreviewed articles in production, by a named person. */
  readonly unreviewedAccepted?: { readonly by: string; readonly on: string }
}
