import type { BaseRetriever } from '@langchain/core/retrievers'
import type { Article, Passage } from './article.ts'
import { createDocumentIndex } from './document-index.ts'
import { fuseRanks } from './fuse-ranks.ts'
import { createSemanticIndex, type Embed } from './semantic.ts'

export interface RetrieverOptions {
  /** Passages given back; default 10. */
  readonly k?: number
  /** Which articles may be answered from; default all. */
  readonly open?: (article: Article) => boolean
  /** The semantic leg: fused by rank with the words. Off without it. */
  readonly embeddings?: Embed
}

/** How many passages each leg names before they are fused. */
const perLeg = 50

/**
 * The passages of articles as a LangChain retriever: the same index as behind answers. Each document holds a whole
 * passage; its metadata names article, passage, title, heading and locale. LangChain is loaded on the first call.
 */
export async function createPassageRetriever(
  articles: readonly Article[],
  options: RetrieverOptions = {},
): Promise<BaseRetriever> {
  const [{ BaseRetriever }, { Document }] = await Promise.all([
    import('@langchain/core/retrievers'),
    import('@langchain/core/documents'),
  ])
  const { k = 10, open = () => true, embeddings } = options
  const all = articles
    .filter(open)
    .flatMap((article) => article.passages.map((passage) => ({ article, passage })))
  const index = createDocumentIndex(
    all.map(({ article, passage }) => ({ title: titleOf(article, passage), text: textOf(passage) })),
  )
  const semantic =
    embeddings &&
    (await createSemanticIndex(
      all.map(({ article, passage }) => `${article.title}. ${passage.heading}. ${passage.short}`),
      embeddings,
    ))

  class PassageRetriever extends BaseRetriever {
    override lc_namespace = ['salus', 'knowledge']

    override async _getRelevantDocuments(query: string) {
      const byWords = index.search(query, perLeg).map(({ document }) => document)
      const ranks = semantic ? [byWords, await semantic.search(query, perLeg)] : [byWords]
      return fuseRanks(ranks)
        .slice(0, k)
        .flatMap((number) => {
          const found = all[number]
          return found ? [new Document(documentOf(found.article, found.passage))] : []
        })
    }
  }
  return new PassageRetriever()
}

/** Names and ways of asking belong to every passage of an article: the question need not repeat its heading. */
function titleOf({ title, synonyms }: Article, { heading }: Passage): string {
  return [title, heading, ...synonyms].join(' ')
}

function textOf({ short, rest }: Passage): string {
  return rest === '' ? short : `${short}\n\n${rest}`
}

function documentOf({ id: article, title, locale }: Article, passage: Passage) {
  return {
    id: passage.id,
    pageContent: textOf(passage),
    metadata: {
      article,
      passage: passage.id,
      title,
      heading: passage.heading,
      locale,
      quantities: passage.quantities,
    },
  }
}
