import { htmlSections } from './html-blocks.ts'
import type { Found, ReadCorpus } from './record.ts'
import { childrenOf, textOf, type XmlElement, xmlElements } from './xml-elements.ts'

const locales: Readonly<Record<string, string>> = { English: 'en', Spanish: 'es' }

/**
 * The health topics of MedlinePlus, as its XML files hold them (https://medlineplus.gov/xml.html): a topic's summary is
 * HTML within the XML.
 */
export const readMedlinePlus: ReadCorpus = async function* (path, tell) {
  for await (const found of xmlElements(path, 'health-topic', tell)) {
    if (found.kind === 'bad') yield found
    else yield topicOf(found.at, found.element)
  }
}

function topicOf(at: { file: string; line: number }, topic: XmlElement): Found {
  const { id, title, url, language = 'English' } = topic.attributes
  const bad = (what: string): Found => ({ kind: 'bad', at, what })
  if (!id || !title || !url) return bad('a health topic has an id, a title and a url')
  const locale = locales[language]
  if (!locale) return { kind: 'left_out' }
  const sections = htmlSections(childrenOf(topic, 'full-summary')[0]?.text ?? '')
  if (sections.length === 0) return bad('the topic has no summary')
  return {
    kind: 'record',
    at,
    record: {
      form: 'medlineplus',
      record: id,
      locale,
      title,
      synonyms: [...childrenOf(topic, 'also-called'), ...childrenOf(topic, 'see-reference')].map(textOf),
      questions: sections.map(({ heading }) => heading).filter((heading) => heading.endsWith('?')),
      source: { publisher: 'MedlinePlus, US National Library of Medicine', url },
      sections: sections.map(({ heading, blocks }) => ({ heading: heading || title, blocks })),
    },
  }
}
