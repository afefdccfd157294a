/** Whose corpora can be brought in. */
export const importForms = ['medlineplus', 'medquad', 'markdown'] as const
export type ImportForm = (typeof importForms)[number]

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }

/** One text of somebody else's corpus, as it was found; plain words, no markup. */
export interface ImportedRecord {
  readonly form: ImportForm
  /** What its corpus calls it. */
  readonly record: string
  readonly locale: string
  readonly title: string
  readonly synonyms: readonly string[]
  readonly questions: readonly string[]
  readonly source: { readonly publisher: string; readonly url: string }
  readonly sections: readonly { readonly heading: string; readonly blocks: readonly Block[] }[]
}

/** Where something stands in the files that were given. */
export interface Place {
  readonly file: string
  readonly line: number
}

export type Found =
  | { readonly kind: 'record'; readonly at: Place; readonly record: ImportedRecord }
  /** It cannot be used; the others are. */
  | { readonly kind: 'bad'; readonly at: Place; readonly what: string }
  /** Belongs to the corpus and is no text of its own, or in no language that was asked for. */
  | { readonly kind: 'left_out' }

/** Reads a corpus record by record; `tell` hears what share of it was read, 0 to 1. */
export type ReadCorpus = (path: string, tell: (share: number) => void) => AsyncGenerator<Found>

/** Longest text of one record, in characters: some forty times the longest of MedlinePlus's topics. */
export const recordLimit = 500_000
