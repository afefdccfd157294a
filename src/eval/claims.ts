import { z } from 'zod'
import { AppError } from '../core/errors.ts'
import { readCases } from './read-cases.ts'

const claimCase = z.object({
  id: z.string(),
  lang: z.string(),
  text: z.string(),
  /** The claim that is due a correction; null when none is. */
  myth: z.string().nullable(),
})

/** Reads claim cases and says that claims are not matched yet. Throws `USAGE` on bad input, else `NOT_BUILT`. */
export async function evalClaims(path: string): Promise<never> {
  const { length } = await readCases(path, claimCase)
  throw new AppError('NOT_BUILT', `Correcting claims is not built yet; ${length} cases were read`)
}
