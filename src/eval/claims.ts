import { z } from 'zod'
import { readCases } from './read-cases.ts'

const claimCase = z.object({
  id: z.string(),
  lang: z.string(),
  text: z.string(),
  /** The claim that is due a correction; null when none is. */
  myth: z.string().nullable(),
})

export interface ClaimsReport {
  readonly cases: number
  readonly due: number
  /** Of the claims due, the share that got their correction. */
  readonly recall: number
  readonly not_due: number
  /** Of the cases with none due, or another, the share that got a wrong correction. */
  readonly wrong_rate: number
  /** Of the corrections given, the share that was due. */
  readonly precision: number
  /** The same as people meet it: triage speaks first, and holds corrections back from whoever is in danger or grieves. */
  readonly after_triage: {
    readonly held_back_due: number
    readonly held_back_not_due: number
    readonly recall: number
    readonly wrong_rate: number
  }
  readonly misses: readonly {
    readonly id: string
    readonly text: string
    readonly want: string | null
    readonly got: string | null
  }[]
}

/** Measures corrections on a file of cases. Throws `USAGE` as `file:line: what is wrong`. */
export async function evalClaims(
  path: string,
  match: (text: string, locale: string) => string | undefined,
  isHeldBack: (text: string, locale: string) => boolean = () => false,
): Promise<ClaimsReport> {
  const rows = (await readCases(path, claimCase)).map(({ id, lang, text, myth }) => ({
    id,
    text,
    want: myth,
    got: match(text, lang) ?? null,
    held: isHeldBack(text, lang),
  }))
  const due = rows.filter(({ want }) => want !== null)
  const notDue = rows.filter(({ want }) => want === null)
  const given = rows.filter(({ got }) => got !== null)
  const right = rows.filter(({ want, got }) => want !== null && want === got)
  const wrong = given.filter(({ want, got }) => want !== got)
  const share = (some: readonly unknown[], of: readonly unknown[]) =>
    of.length === 0 ? 0 : some.length / of.length
  return {
    cases: rows.length,
    due: due.length,
    recall: share(right, due),
    not_due: notDue.length,
    wrong_rate: share(wrong, rows),
    precision: share(right, given),
    after_triage: {
      held_back_due: due.filter(({ held }) => held).length,
      held_back_not_due: notDue.filter(({ held }) => held).length,
      recall: share(
        right.filter(({ held }) => !held),
        due,
      ),
      wrong_rate: share(
        wrong.filter(({ held }) => !held),
        rows,
      ),
    },
    misses: rows
      .filter(({ want, got }) => want !== got)
      .map(({ id, text, want, got }) => ({ id, text, want, got })),
  }
}
