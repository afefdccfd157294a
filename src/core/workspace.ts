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
