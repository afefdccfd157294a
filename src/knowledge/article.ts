import { z } from 'zod'
import type { ArticleId, PassageId } from '../core/ids.ts'
import { importForms } from './import/record.ts'

/** Sections that an article may have, in no fixed order; each is a place a person can be pointed to. */
export const sectionKinds = [
  'what-it-is',
  'signs',
  'causes',
  'self-care',
  'treatment',
  'prevention',
  'get-help-today',
  'emergency',
  'parents-carers',
  'questions',
] as const
export type SectionKind = (typeof sectionKinds)[number]

const isoDate = z.iso.date()

/** The front matter of an article. */
export const frontMatter = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string().min(1),
  area: z.string().regex(/^[a-z-]+$/),
  locale: z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/),
  summary: z.string().min(1),
  questions: z.array(z.string()),
  synonyms: z.array(z.string()),
  related: z.array(z.string()),
  sources: z.array(
    z.strictObject({ id: z.string(), publisher: z.string(), title: z.string(), url: z.url(), read: isoDate }),
  ),
  facts: z.array(
    z.strictObject({
      claim: z.string(),
      source: z.string(),
      locator: z.string(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  reviewDue: isoDate,
  /** Brought in from somebody else's corpus: which record, its hash, and that of the file as it was written. */
  imported: z
    .strictObject({
      form: z.enum(importForms),
      record: z.string(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      text: z.string().regex(/^[0-9a-f]{64}$/),
    })
    .optional(),
})
export type FrontMatter = z.infer<typeof frontMatter>

/** A part of an article that answers on its own. Texts hold placeholders such as `{emergency}`. */
export interface Passage {
  readonly id: PassageId
  readonly article: ArticleId
  readonly heading: string
  /** The section it is, or lies in. */
  readonly kind: SectionKind
  /** True for `### …` parts that answer one question. */
  readonly isQuestion: boolean
  /** First paragraph: stands alone. */
  readonly short: string
  /** What follows it; '' when nothing does. */
  readonly rest: string
  /** It states amounts of a medicine, a drink or a substance: withheld after a self-harm sign. */
  readonly quantities: boolean
}

export interface Article extends Omit<FrontMatter, 'id'> {
  readonly id: ArticleId
  readonly file: string
  /** sha256 of the file as it is: what an approval pins. */
  readonly hash: string
  readonly passages: readonly Passage[]
}
