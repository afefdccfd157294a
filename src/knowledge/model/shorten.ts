import type { Answer, Citation, Statement } from '../../core/answer.ts'
import { isNonEmpty, type NonEmpty } from '../../core/json.ts'
import { statesAmounts } from '../amounts.ts'
import type { Article, Passage } from '../article.ts'
import { sentencesOf } from '../support/units.ts'
import { type Source, supportedBy } from '../supported.ts'
import { createBreaker } from './breaker.ts'
import type { AskModel } from './open-model.ts'
import { cutQuestion, promptOf, system } from './prompt.ts'

type Grounded = Extract<Answer, { kind: 'grounded' }>

/** What became of answers that the model was asked about, and of its sentences. No text. */
export type ModelCounts = {
  /** Shown in the model's words. */
  used: number
  /** Nothing it wrote was supported. */
  dropped: number
  timedOut: number
  failed: number
  /** Not asked, for it failed or was busy just before. */
  skipped: number
  sentencesKept: number
  sentencesDropped: number
}

export interface Shortener {
  /**
   * The answer in fewer words, or as it was: never throws for the model's sake. Rejects with the signal's reason when
   * that aborts.
   */
  shorten(answer: Grounded, asked: { readonly text: string; readonly signal: AbortSignal }): Promise<Grounded>
  counts(): Readonly<ModelCounts>
}

/** The model's answer is read to here; three sentences fill a tenth. */
const mostChars = 4_000
/** A short answer stays short. */
const mostWords = 60
/** What is told in an emergency is told whole. */
const whole = new Set(['emergency', 'get-help-today'])
/** A sentence that must not get lost: a number to call, a prohibition, a limit. */
const warns =
  /\{[a-z_]+\}|\b(?:do not|don[’']t|never|not safe|unless|only if|stop|avoid|emergency|at once|urgent|danger\w*|doctor|clinic\w*|pharmacist|harm\w*)\b/i

/** Words to a model, in a question or in somebody's own articles: such a text is shown to people and not to a model. */
const instructs =
  /\b(?:ignore|disregard|forget|override)\b[^.?!]{0,40}\b(?:rules?|instructions?|prompts?|guidelines?)\b|\bsystem prompt\b|\blanguage model\b|\bas an ai\b|\byou are now\b|<\/?(?:passage|question|system)\b/i

/** Puts a model between the passage that was found and the words that are shown. `redact` masks what goes out. */
export function createShortener(parts: {
  readonly ask: AskModel
  readonly articles: readonly Article[]
  readonly redact: (text: string) => string
  readonly timeoutMs: number
  readonly now: () => number
  readonly report: (code: string) => void
}): Shortener {
  const passages = new Map(
    parts.articles.flatMap((article) =>
      article.passages.map((passage) => [passage.id as string, { article, passage }] as const),
    ),
  )
  const counts: ModelCounts = {
    used: 0,
    dropped: 0,
    timedOut: 0,
    failed: 0,
    skipped: 0,
    sentencesKept: 0,
    sentencesDropped: 0,
  }
  const breaker = createBreaker(parts.now)
  /** A turn that is run again after a conflict does not ask again. */
  const asked = new WeakMap<
    AbortSignal,
    { readonly prompt: string; readonly words: Promise<string | undefined> }
  >()

  async function wordsFor(prompt: string, signal: AbortSignal): Promise<string | undefined> {
    const limit = AbortSignal.timeout(parts.timeoutMs)
    const either = AbortSignal.any([signal, limit])
    const stopped = new Promise<never>((_, reject) => {
      either.addEventListener('abort', () => reject(either.reason), { once: true })
    })
    try {
      const words = await breaker.run(
        () => Promise.race([parts.ask(system, prompt, either), stopped]),
        () => !signal.aborted,
      )
      if (words === undefined) counts.skipped++
      return words
    } catch {
      if (signal.aborted) return undefined
      if (limit.aborted) counts.timedOut++
      else counts.failed++
      parts.report(limit.aborted ? 'model_timed_out' : 'model_failed')
      return undefined
    }
  }

  return {
    counts: () => counts,
    async shorten(answer, { text, signal }) {
      signal.throwIfAborted()
      const found = passages.get(answer.statements[0].support[0].passage)
      if (!found || !mayShorten(answer, found.article, found.passage)) return answer
      const shown = [...answer.statements, ...answer.more]
      if (instructs.test(text) || shown.some((statement) => instructs.test(statement.text))) return answer
      const sources = shown.map((statement) => ({ text: statement.text, topic: found.article.title }))
      const prompt = promptOf(cutQuestion(parts.redact(text)), sources)
      const before = asked.get(signal)
      const words = before?.prompt === prompt ? before.words : wordsFor(prompt, signal)
      asked.set(signal, { prompt, words })
      const written = await words
      signal.throwIfAborted()
      if (written === undefined) return answer
      const { kept, dropped } = checked(written, sources)
      counts.sentencesKept += kept.length
      counts.sentencesDropped += dropped
      const statements = statementsOf(kept, shown)
      if (!isNonEmpty(statements)) {
        counts.dropped++
        return answer
      }
      counts.used++
      return { ...answer, statements: withWarnings(statements, answer.statements), shortened: true }
    },
  }
}

/** Not where all of it counts, where amounts stand, or where the rules of support were not written for. */
function mayShorten(answer: Grounded, article: Article, passage: Passage): boolean {
  if (!article.locale.startsWith('en') || whole.has(passage.kind)) return false
  if (answer.personal || answer.withheld || passage.quantities) return false
  return ![...answer.statements, ...answer.more].some(({ text }) => statesAmounts(text))
}

interface Kept {
  readonly sentence: string
  readonly source: number
}

function checked(
  written: string,
  sources: readonly Source[],
): { readonly kept: readonly Kept[]; readonly dropped: number } {
  if (written.length > mostChars) return { kept: [], dropped: 1 }
  const sentences = written
    .split(/\n+/)
    .flatMap((line) => sentencesOf(line))
    .map((one) => one.trim())
  const kept: Kept[] = []
  let words = 0
  let dropped = 0
  for (const sentence of sentences) {
    const source = supportedBy(sentence, sources)
    words += sentence.split(/\s+/).length
    if (source === undefined || words > mostWords || kept.some((one) => one.sentence === sentence)) dropped++
    else kept.push({ sentence: ended(sentence), source })
  }
  return { kept, dropped }
}

function ended(sentence: string): string {
  return /[.!]["”]?$/.test(sentence) ? sentence : `${sentence}.`
}

/** Sentences of one source make one statement that cites it. */
function statementsOf(kept: readonly Kept[], shown: readonly Statement[]): readonly Statement[] {
  const statements: { text: string; support: NonEmpty<Citation> }[] = []
  kept.forEach(({ sentence, source }, at) => {
    const support = shown[source]?.support
    const last = statements.at(-1)
    if (last && kept[at - 1]?.source === source) last.text += ` ${sentence}`
    else if (support) statements.push({ text: sentence, support })
  })
  return statements
}

/** A warning of the short answer that no kept sentence tells comes back as it is written. */
function withWarnings(statements: NonEmpty<Statement>, originals: readonly Statement[]): NonEmpty<Statement> {
  const said = statements.flatMap(({ text }) => sentencesOf(text))
  const lost = originals.flatMap(({ text, support }) =>
    sentencesOf(text)
      .filter((one) => warns.test(one))
      .filter((one) => !said.some((short) => supportedBy(short, [{ text: one, topic: '' }]) !== undefined))
      .map((one) => ({ text: one, support })),
  )
  return [...statements, ...lost]
}
