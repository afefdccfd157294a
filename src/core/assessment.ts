/**
 * How soon somebody must act, worst first in the queue.
 * `unknown` could not be read (another language, a picture, a voice note) and is never treated as routine.
 */
export type Level = 'emergency' | 'crisis' | 'urgent' | 'unknown' | 'sensitive' | 'routine'

/** Queue order, worst first. */
export const levels = [
  'emergency',
  'crisis',
  'urgent',
  'unknown',
  'sensitive',
  'routine',
] as const satisfies Level[]

/** What the danger is about: it chooses the words, the level orders the queue. */
export const concerns = [
  'self_harm',
  'harm_to_others',
  'abuse',
  'sexual_assault',
  'child_risk',
  'violence',
  'heart',
  'stroke',
  'breathing',
  'choking',
  'allergy',
  'bleeding',
  'head_injury',
  'injury',
  'burn',
  'poisoning',
  'drowning',
  'seizure',
  'unconscious',
  'infection',
  'pregnancy',
  'newborn',
  'loss',
  'diabetes',
  'psychosis',
  'eating_disorder',
  'substances',
  'withdrawal',
  'heat_cold',
  'bite',
  'abdominal',
  'eye',
  'testicular',
  'blood_clot',
  'medicine',
  'mental_health',
  'sexual_health',
  'minor',
  'lethal_knowledge',
  'unreadable',
  'personal',
] as const
export type Concern = (typeof concerns)[number]

/** One rule that fired, and which characters of the original text it fired on: `[start, end)`. */
export interface Signal {
  readonly rule: string
  readonly level: Level
  readonly concerns: readonly Concern[]
  readonly span: readonly [number, number]
  /** It comes from what was said before, not from these words. */
  readonly carried?: boolean
}

/** Whom the message is about. It changes the path, never the level. */
export type AboutWhom = 'self' | 'other'

export interface TriageAssessment {
  readonly level: Level
  readonly concerns: readonly Concern[]
  readonly about: AboutWhom
  /** Hash of the rules that judged, so that a later reader can tell which rules these were. */
  readonly ruleset: string
  readonly signals: readonly Signal[]
  /** BCP 47 primary language the text was read as; undefined when it could not be told. */
  readonly language?: string
  /** True when a stated or strongly implied age under 18 was seen. */
  readonly minor?: boolean
}

/** What triage may know of the conversation. Assessing stays a pure function of text and context. */
export interface TriageContext {
  /** Epoch milliseconds of the message being assessed. */
  readonly now: number
  readonly locale?: string
  /** The person's last 8 signals, newest first. */
  readonly recent: readonly {
    readonly at: number
    readonly level: Level
    readonly concerns: readonly Concern[]
  }[]
  /** What the person wrote in the last 5 minutes, oldest first: danger may be spread over several messages. */
  readonly fragments: readonly string[]
}

/** Position in the queue: 0 is worst. */
export function rank(level: Level): number {
  return levels.indexOf(level)
}

/** The worse of two levels. */
export function worse(a: Level, b: Level): Level {
  return rank(a) <= rank(b) ? a : b
}

/** Emergency and crisis: they fence off running turns, overtake in the queue and are never silenced. */
export function isAlarm(level: Level): boolean {
  return level === 'emergency' || level === 'crisis'
}

/** Assesses a text in its context. Pure, synchronous, offline. */
export type Assess = (text: string, context: TriageContext) => TriageAssessment

/** One assessment for several messages of one turn: the worst level, all concerns, no fewer signals. */
export function mergeAssessments(a: TriageAssessment, b: TriageAssessment): TriageAssessment {
  const worst = rank(b.level) < rank(a.level) ? b : a
  return {
    ...worst,
    concerns: [...new Set([...worst.concerns, ...a.concerns, ...b.concerns])],
    signals: [...a.signals, ...b.signals],
    ...(a.minor || b.minor ? { minor: true } : {}),
  }
}

/** Judged when nothing was said: a joined room, a pressed button, a clock. */
export const nothingSaid: TriageAssessment = {
  level: 'routine',
  concerns: [],
  about: 'self',
  ruleset: 'none',
  signals: [],
}
