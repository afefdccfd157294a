import { createDocumentIndex } from '../knowledge/document-index.ts'

export interface BenchDocument {
  readonly id: string
  readonly title: string
  readonly text: string
}

/** Ranks document ids for a question, best first. */
export type Rank = (question: string) => Promise<readonly string[]>

export interface Engine {
  readonly name: string
  /** Undefined where its package is not installed: peers are development dependencies. */
  open(documents: readonly BenchDocument[], limit: number): Promise<Rank | undefined>
}

export const ownIndex: Engine = {
  name: 'Salus (BM25 over fields)',
  async open(documents, limit) {
    const index = createDocumentIndex(documents)
    return async (question) => index.search(question, limit).map((hit) => documents[hit.document]?.id ?? '')
  },
}

/** Others' search engines, each as its own documentation sets it up, with titles weighted where it can. */
export const peers: readonly Engine[] = [
  {
    name: 'MiniSearch',
    async open(documents, limit) {
      const loaded = await import('minisearch').catch(() => undefined)
      if (!loaded) return undefined
      const index = new loaded.default({ fields: ['title', 'text'], searchOptions: { boost: { title: 4 } } })
      index.addAll(documents)
      return async (question) =>
        index
          .search(question)
          .slice(0, limit)
          .map(({ id }) => String(id))
    },
  },
  {
    name: 'Orama',
    async open(documents, limit) {
      const loaded = await import('@orama/orama').catch(() => undefined)
      if (!loaded) return undefined
      const index = loaded.create({
        schema: { id: 'string', title: 'string', text: 'string' } as const,
        components: { tokenizer: { stemming: true, language: 'english' } },
      })
      await loaded.insertMultiple(index, [...documents])
      return async (question) => {
        const found = await loaded.search(index, {
          term: question,
          properties: ['title', 'text'],
          boost: { title: 4 },
          limit,
          // Any word of the question may match, as in the other engines.
          threshold: 1,
        })
        return found.hits.map(({ document }) => document.id)
      }
    },
  },
  {
    name: 'LangChain BM25Retriever',
    async open(documents, limit) {
      const { BM25Retriever } = await import('@langchain/community/retrievers/bm25')
      const { Document } = await import('@langchain/core/documents')
      const retriever = BM25Retriever.fromDocuments(
        documents.map(
          ({ id, title, text }) => new Document({ pageContent: `${title}. ${text}`, metadata: { id } }),
        ),
        { k: limit },
      )
      return async (question) => (await retriever.invoke(question)).map(({ metadata }) => String(metadata.id))
    },
  },
]
