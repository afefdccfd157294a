import type { ArticleId, PassageId } from './ids.ts'
import type { NonEmpty } from './json.ts'
import type { SourceItem } from './reply.ts'

/** Which passage supports a statement. `hash` pins the text that was shown. */
export interface Citation {
  readonly article: ArticleId
  readonly passage: PassageId
  /** sha256 of the passage's text as shown, hex. */
  readonly hash: string
}

/** What readers are told about an article's vetting; see the three labels of `docs/content.md`. */
export type ReviewStatus =
  | {
      readonly kind: 'reviewed'
      readonly by: string
      readonly profession: string
      readonly organisation: string
      readonly on: string
    }
  | { readonly kind: 'checked'; readonly by: string; readonly on: string }
  | { readonly kind: 'unreviewed' }

/** What stands behind a whole article. */
export interface Vetting {
  /** All of its sources, not only those behind one passage. */
  readonly sources: NonEmpty<SourceItem>
  /** How many of its facts are tied to the place in a source that says so. */
  readonly facts: number
  /** ISO date after which it is no longer answered from. */
  readonly reviewDue: string
}

export interface Statement {
  readonly text: string
  readonly support: NonEmpty<Citation>
}

export type AbstainReason = 'no_match' | 'ambiguous' | 'out_of_scope' | 'personal_advice' | 'expired'

/** A statement without support does not type-check: only vetted words reach a person. */
export type Answer =
  | {
      readonly kind: 'grounded'
      readonly title: string
      readonly statements: NonEmpty<Statement>
      /** The rest of the section, for "more". */
      readonly more: readonly Statement[]
      /** When to get help, always one tap away. */
      readonly help: readonly Statement[]
      readonly sources: NonEmpty<SourceItem>
      readonly review: ReviewStatus
      /** Why the article may be trusted, for whoever asks. */
      readonly vetting: Vetting
      /** The question asked for a verdict on one person: these are general facts, and a person is offered. */
      readonly personal?: boolean
      /** A passage that states amounts would have answered better and was left out, as asked. */
      readonly withheld?: boolean
      /** A model chose fewer of the passage's words: `statements` are not as the article has them. */
      readonly shortened?: boolean
      /** Answers to what the same message asked besides, at most two. */
      readonly also?: readonly Extract<Answer, { kind: 'grounded' }>[]
      /** Spelling that was assumed, to be shown: `diabetis` → `diabetes`. */
      readonly assumed?: readonly { readonly from: string; readonly to: string }[]
    }
  | {
      readonly kind: 'abstained'
      readonly reason: AbstainReason
      readonly suggestions: readonly { readonly id: ArticleId; readonly title: string }[]
      /** For an expired article: where its facts came from. */
      readonly pointer?: { readonly title: string; readonly url: string }
    }

/** How the question is asked of the knowledge base. */
export interface Question {
  readonly text: string
  readonly locale: string
  /** The article the last answer came from, for follow-ups that lean on it. */
  readonly topic?: ArticleId
  /** Answer with exactly this passage: "more" and "when to get help" after an answer. */
  readonly passage?: PassageId
  /** Epoch ms: expired articles are not answered from. */
  readonly now: number
  /** Withhold passages that state amounts (after a self-harm signal). */
  readonly withholdQuantities: boolean
}

/** What a false or doubtful claim is: what is true of it is said first. */
export type Verdict = 'false' | 'misleading' | 'partly true' | 'not proven' | 'depends on amount'

/** The correction of a claim that somebody repeated: fact, claim, why people believe it, fact again. */
export interface Correction {
  readonly id: string
  readonly claim: string
  readonly verdict: Verdict
  readonly truth: string
  readonly why: string
  readonly instead: string
  /** The article that explains more. */
  readonly article: ArticleId
  readonly sources: NonEmpty<SourceItem>
  readonly review: ReviewStatus
}
