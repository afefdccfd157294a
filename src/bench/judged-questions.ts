import { z } from 'zod'
import { readCases } from '../eval/read-cases.ts'
import type { JudgedQuestion } from './search-bench.ts'

const answerable = z.object({ text: z.string(), lang: z.string(), expect: z.array(z.string()) })

/** The answerable English questions of a file of answer cases whose articles exist. */
export async function judgedQuestions(
  path: string,
  articles: ReadonlySet<string>,
): Promise<readonly JudgedQuestion[]> {
  const cases = await readCases(path, answerable)
  return cases.filter(({ lang, expect }) => lang === 'en' && expect.some((id) => articles.has(id)))
}
