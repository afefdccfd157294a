import type { Nlp } from '@nlpjs/basic'
import type { Article } from '../knowledge/article.ts'

/**
 * nlp.js as its documentation sets it up: one intent for each article, its names and the ways people ask for it as
 * utterances, its own threshold. Undefined where it is not installed.
 */
export async function trainPeer(articles: readonly Article[]): Promise<Nlp | undefined> {
  const loaded = await import('@nlpjs/basic').catch(() => undefined)
  if (!loaded) return undefined
  const quiet = { log: false, autoSave: false, autoLoad: false }
  const dock = await loaded.dockStart({
    settings: { nlp: { ...quiet, languages: ['en'], forceNER: false, nlu: quiet } },
    use: ['Basic', 'LangEn'],
  })
  const nlp = dock.get('nlp')
  nlp.addLanguage('en')
  for (const { id, title, synonyms, questions } of articles)
    for (const utterance of [title, ...synonyms, ...questions]) nlp.addDocument('en', utterance, id)
  await nlp.train()
  return nlp
}
