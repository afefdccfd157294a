import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { textBlocks } from './html-blocks.ts'
import type { Found, ReadCorpus } from './record.ts'
import { childrenOf, textOf, type XmlElement, xmlElements } from './xml-elements.ts'

/** A folder of MedQuAD (Ben Abacha and Demner-Fushman 2019): one XML document of questions and answers for each topic. */
export const readMedquad: ReadCorpus = async function* (path, tell) {
  const files = await xmlFiles(path)
  for (const [number, file] of files.entries()) {
    let any = false
    for await (const found of xmlElements(file, 'Document', () => undefined)) {
      any = true
      if (found.kind === 'bad') yield found
      else yield documentOf(found.at, found.element)
    }
    if (!any) yield { kind: 'bad', at: { file, line: 1 }, what: 'has no Document' }
    tell((number + 1) / files.length)
  }
}

function documentOf(at: { file: string; line: number }, document: XmlElement): Found {
  const { id, source, url } = document.attributes
  const bad = (what: string): Found => ({ kind: 'bad', at, what })
  const title = textOf(childrenOf(document, 'Focus')[0])
  if (!id || !source || !url || title === '') return bad('a Document has an id, a source, a url and a Focus')
  const pairs = childrenOf(childrenOf(document, 'QAPairs')[0], 'QAPair').flatMap((pair) => {
    const heading = textOf(childrenOf(pair, 'Question')[0])
    const blocks = textBlocks(childrenOf(pair, 'Answer')[0]?.text ?? '')
    return heading !== '' && blocks.length > 0 ? [{ heading, blocks }] : []
  })
  // Three of its sources keep their answers to themselves: the questions alone are there.
  if (pairs.length === 0) return bad('no question has an answer')
  const [names] = childrenOf(document, 'FocusAnnotations')
  const [synonyms] = childrenOf(names, 'Synonyms')
  return {
    kind: 'record',
    at,
    record: {
      form: 'medquad',
      record: `${source}-${id}`,
      locale: 'en',
      title,
      synonyms: childrenOf(synonyms, 'Synonym').map(textOf),
      questions: pairs.map(({ heading }) => heading),
      source: { publisher: `${source}, in MedQuAD`, url },
      sections: pairs,
    },
  }
}

async function xmlFiles(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && /\.xml$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
