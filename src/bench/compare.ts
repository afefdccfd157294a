import { existsSync } from 'node:fs'
import { z } from 'zod'
import type { Assess } from '../core/assessment.ts'
import { evalAnswers } from '../eval/answers.ts'
import { readCases } from '../eval/read-cases.ts'
import type { Article } from '../knowledge/article.ts'
import { type AnswerFigures, compareAnswers } from './answer-bench.ts'
import {
  compareOnCollection,
  compareOnMadeCorpus,
  type LargeSearchFigures,
  largeSizes,
} from './large-search.ts'
import { compareSearch, type SearchFigures } from './search-bench.ts'
import { trainPeer } from './trained-peer.ts'

const answerCase = z.object({ text: z.string(), lang: z.string(), expect: z.array(z.string()) })

export interface ComparedParts {
  readonly articles: readonly Article[]
  /** A file of answer cases; where there is none, the articles' own questions judge the search, which indexes them. */
  readonly cases: string
  /** A collection in the layout of BEIR to search instead of made passages. */
  readonly corpus?: string
  readonly assess: Assess
  readonly answer: (text: string, locale: string) => ReturnType<Parameters<typeof evalAnswers>[1]['answer']>
  readonly now: number
  readonly tell: (what: string) => void
}

export interface Compared {
  readonly answers: readonly AnswerFigures[]
  readonly search: readonly SearchFigures[]
  readonly large: readonly LargeSearchFigures[]
}

/** Salus beside its peers: whole answers, search over the articles, and search over many passages. */
export async function comparePeers(parts: ComparedParts): Promise<Compared> {
  const { articles, assess, answer, now, tell } = parts
  tell('Training nlp.js …')
  const peer = await trainPeer(articles)
  const ids = new Set<string>(articles.map(({ id }) => id))
  const given = existsSync(parts.cases)
  if (!given)
    tell(`No cases at ${parts.cases}: the search is judged on the articles' own questions, which it indexes.`)
  const cases = given
    ? (await readCases(parts.cases, answerCase)).filter(({ lang }) => lang === 'en')
    : articles.flatMap(({ id, questions }) => questions.map((text) => ({ text, expect: [id as string] })))

  tell('Answers …')
  const answers = given
    ? await compareAnswers(
        cases,
        {
          counts: (await evalAnswers(parts.cases, { assess, answer, now })).by_lang.en!,
          answer: (text) => {
            assess(text, { now, locale: 'en', recent: [], fragments: [] })
            return answer(text, 'en')
          },
        },
        peer,
      )
    : []
  tell('Search …')
  const trained = peer && {
    name: 'nlp.js',
    rank: async (question: string) =>
      (await peer.process('en', question)).classifications.map(({ intent }) => intent).slice(0, 10),
  }
  const search = await compareSearch(
    articles,
    cases.filter(({ expect }) => expect.some((id) => ids.has(id))),
    trained ? [trained] : [],
  )
  const large: LargeSearchFigures[] = []
  if (parts.corpus) {
    tell(`Search over ${parts.corpus} …`)
    large.push(await compareOnCollection(parts.corpus))
  }
  for (const size of parts.corpus ? largeSizes.slice(1) : largeSizes) {
    tell(`Search over ${size} made passages …`)
    large.push(await compareOnMadeCorpus(articles, size))
  }
  return { answers, search, large }
}
