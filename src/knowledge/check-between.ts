import type { Article } from './article.ts'
import type { Finding } from './finding.ts'
import { wordsOf } from './words.ts'

/** Articles of one locale must not claim the same id, name or question: a reader's words would lead to either. */
export function checkBetween(
  articles: readonly Article[],
  lineOf: (article: Article, text: string) => number,
): readonly Finding[] {
  const findings: Finding[] = []
  const claim = (kind: 'id' | 'name' | 'question', textsOf: (article: Article) => readonly string[]) => {
    const owners = new Map<string, Article>()
    for (const article of articles) {
      for (const text of textsOf(article)) {
        const key = `${article.locale} ${wordsOf(text).join(' ')}`
        const owner = owners.get(key)
        if (owner && owner !== article) {
          const what = `the ${kind} "${text}" also belongs to ${owner.file}`
          findings.push({ file: article.file, line: lineOf(article, text), check: `duplicate-${kind}`, what })
        } else owners.set(key, article)
      }
    }
  }
  claim('id', ({ id }) => [id])
  claim('name', ({ title, synonyms }) => [title, ...synonyms])
  claim('question', ({ questions }) => questions)
  return findings
}
