import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAnswer } from '../answer.ts'
import { noApprovals } from '../approve.ts'
import { loadArticles } from '../load.ts'
import { importCorpus } from './import-corpus.ts'
import type { ImportForm } from './record.ts'

const now = Date.parse('2026-11-23')
let root: string
let out: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'salus-import-'))
  out = join(root, 'articles')
})
afterEach(() => rm(root, { recursive: true, force: true }))

/** A topic in the form of MedlinePlus, in words of this test. */
function topic(id: string, title: string, summary: string, language = 'English'): string {
  const escaped = summary.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
  return `<health-topic meta-desc="d" title="${title}" url="https://example.org/${id}.html" id="${id}" language="${language}" date-created="01/02/2020">
  <also-called>${title} illness</also-called>
  <full-summary>${escaped}</full-summary>
  <group url="https://example.org/g" id="1">Group</group>
</health-topic>`
}
const topics = (...all: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<health-topics total="${all.length}">\n${all.join('\n')}\n</health-topics>\n`
const flimsy = topic(
  '7',
  'Flimsy toes',
  '<h3>What are flimsy toes?</h3><p>Flimsy toes bend too far. Most people never notice.</p><script>alert(1)</script><h3>What are the symptoms of flimsy toes?</h3><p>Signs include:</p><ul><li>A soft {toe} &amp; <b>sore</b> nail</li><li>1. A wobble</li></ul><h3>Who gets it?</h3><p>Anybody.</p>',
)

async function bring(form: ImportForm, path: string) {
  return importCorpus(form, path, out, now, () => undefined)
}
async function medlineplus(xml: string) {
  const file = join(root, 'topics.xml')
  await writeFile(file, xml)
  return bring('medlineplus', file)
}

describe('health topics of MedlinePlus', () => {
  it('become articles with their source, plain words, and a place for each heading', async () => {
    expect(await medlineplus(topics(flimsy))).toMatchObject({ written: 1, skipped: [] })
    const [article] = await loadArticles(out)
    expect(article).toMatchObject({
      id: 'flimsy-toes',
      area: 'imported',
      synonyms: ['Flimsy toes illness'],
      facts: [],
      sources: [
        { publisher: 'MedlinePlus, US National Library of Medicine', url: 'https://example.org/7.html' },
      ],
      imported: { form: 'medlineplus', record: '7' },
    })
    expect(article?.passages.map(({ id }) => id)).toEqual([
      'flimsy-toes#what-it-is',
      'flimsy-toes#signs',
      'flimsy-toes#q-who-gets-it',
    ])
    expect(article?.passages[1]?.short).toBe('Signs include:\n\n- A soft (toe) & sore nail\n- 1. A wobble')
    expect(JSON.stringify(article)).not.toContain('alert')
  })

  it('answer a question, labelled as reviewed by nobody', async () => {
    await medlineplus(topics(flimsy))
    const answer = createAnswer(await loadArticles(out), noApprovals, [])
    const demo = { mode: 'demo' as const, unreviewedAccepted: undefined }
    const given = answer(
      { text: 'what are the symptoms of flimsy toes', locale: 'en', now, withholdQuantities: false },
      demo as never,
    )
    expect(given).toMatchObject({ kind: 'grounded', review: { kind: 'unreviewed' } })
  })

  it('in another language than Salus has a name for are left out; Spanish ones stand with Spanish', async () => {
    const french = topic('8', 'Orteils', '<p>Un texte.</p>', 'French')
    const spanish = topic('9', 'Dedos blandos', '<p>Los dedos se doblan.</p>', 'Spanish')
    expect(await medlineplus(topics(french, spanish))).toMatchObject({ written: 1, leftOut: 1 })
    expect(await readdir(join(out, 'es'))).toEqual(['dedos-blandos.md'])
  })
})

describe('going on', () => {
  it('leaves what is there, writes what is missing, and follows a record that changed', async () => {
    const second = topic('2', 'Second', '<p>One text.</p>')
    await medlineplus(topics(flimsy))
    expect(await medlineplus(topics(flimsy, second))).toMatchObject({ written: 1, unchanged: 1 })
    const changed = second.replace('One text', 'Another text')
    expect(await medlineplus(topics(flimsy, changed))).toMatchObject({ updated: 1, unchanged: 1 })
    expect(await readFile(join(out, 'en', 'second.md'), 'utf8')).toContain('Another text')
  })

  it('overwrites nothing that somebody wrote or edited, and says so', async () => {
    await mkdir(join(out, 'en'), { recursive: true })
    await writeFile(join(out, 'en', 'flimsy-toes.md'), 'our own words')
    await writeFile(join(out, 'en', 'flimsy-toes-7.md'), 'our own words too')
    expect((await medlineplus(topics(flimsy))).skipped).toMatchObject([
      { line: 3, what: 'another article has its name' },
    ])
    expect(await readFile(join(out, 'en', 'flimsy-toes.md'), 'utf8')).toBe('our own words')

    const second = topic('2', 'Second', '<p>One text.</p>')
    await medlineplus(topics(second))
    const file = join(out, 'en', 'second.md')
    const edited = (await readFile(file, 'utf8')).replace('One text', 'One text, edited')
    await writeFile(file, edited)
    const report = await medlineplus(topics(second.replace('One text', 'Another text')))
    expect(report.skipped[0]?.what).toContain('put them together by hand')
    expect(await readFile(file, 'utf8')).toBe(edited)
  })

  it('two records of one title have two articles, the same ones in every run', async () => {
    const twins = topics(topic('1', 'Twin', '<p>First.</p>'), topic('2', 'Twin', '<p>Second.</p>'))
    expect(await medlineplus(twins)).toMatchObject({ written: 2 })
    expect(await readdir(join(out, 'en'))).toEqual(['twin-2.md', 'twin.md'])
    expect(await medlineplus(twins)).toMatchObject({ written: 0, unchanged: 2, skipped: [] })
  })

  it('removes what a run that was killed left half-written', async () => {
    await mkdir(join(out, 'en'), { recursive: true })
    await writeFile(join(out, 'en', 'flimsy-toes.md.importing'), '---\nid: fl')
    await medlineplus(topics(flimsy))
    expect(await readdir(join(out, 'en'))).toEqual(['flimsy-toes.md'])
  })
})

describe('bad and hostile input', () => {
  it('is listed by file and line and skipped; the rest is brought in', async () => {
    const report = await medlineplus(
      topics(
        topic('1', 'No summary', ''),
        topic('2', '../../escape', '<p>A text.</p>'),
        topic('3', 'Long', `<p>${'word '.repeat(150_000)}</p>`),
        flimsy,
      ),
    )
    expect(report.skipped).toMatchObject([
      { line: 3, what: 'the topic has no summary' },
      { what: 'is longer than 500000 characters' },
    ])
    expect(report.written).toBe(2)
    expect(await readdir(join(out, 'en'))).toEqual(['escape.md', 'flimsy-toes.md'])
  })

  it('what is no XML ends the file with its line, and what came before stands', async () => {
    const report = await medlineplus(`<health-topics>\n${flimsy}\n<health-topic id="2" </health-topics>`)
    expect(report).toMatchObject({ written: 1 })
    expect(report.skipped[0]?.what).toBe('is no well-formed XML; the rest is left out')
  })

  it('entities that a file declares itself are not expanded', async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>\n<health-topics>${topic('1', 'Bomb', 'x').replace('>x<', '>&b;&b;<')}</health-topics>`
    const report = await medlineplus(bomb)
    expect(report.written).toBe(0)
    expect(report.skipped[0]?.what).toContain('no well-formed XML')
  })

  it('another encoding than UTF-8 is named', async () => {
    const file = join(root, 'latin.xml')
    await writeFile(file, Buffer.from('<health-topics>caf\xe9</health-topics>', 'latin1'))
    expect((await bring('medlineplus', file)).skipped[0]?.what).toBe('is not UTF-8; the rest is left out')
  })
})

describe('documents of MedQuAD', () => {
  it('become articles by their questions; those without answers are listed', async () => {
    const folder = join(root, 'medquad', '1_Org_QA')
    await mkdir(folder, { recursive: true })
    const document = (answer: string) => `<?xml version="1.0" encoding="UTF-8"?>
<Document id="0000559" source="GHR" url="https://example.org/wobbly">
<Focus>wobbly knee</Focus>
<FocusAnnotations><Synonyms><Synonym>loose knee</Synonym></Synonyms></FocusAnnotations>
<QAPairs><QAPair pid="1"><Question qid="1" qtype="information">What is (are) wobbly knee ?</Question><Answer>${answer}</Answer></QAPair></QAPairs>
</Document>`
    await writeFile(join(folder, '1.xml'), document('A knee that wobbles.\n\n- one\n- two'))
    await writeFile(join(folder, '2.xml'), document(''))
    const report = await bring('medquad', join(root, 'medquad'))
    expect(report).toMatchObject({ written: 1, skipped: [{ line: 2, what: 'no question has an answer' }] })
    const [article] = await loadArticles(out)
    expect(article?.passages[0]).toMatchObject({
      id: 'wobbly-knee#what-it-is',
      short: 'A knee that wobbles.',
      rest: '- one\n- two',
    })
  })
})

describe('Markdown', () => {
  it('becomes articles when publisher and address are known', async () => {
    const folder = join(root, 'notes')
    await mkdir(folder)
    await writeFile(
      join(folder, 'tea.md'),
      '---\nurl: https://example.org/tea\npublisher: Our clinic\nsynonyms: [brew]\n---\n# Tea and *sleep*\n\nTea [keeps](https://evil.example) you up. ![x](y)\n\n## How to prevent it\n\n1. Drink **less**\n2. Sleep\n',
    )
    await writeFile(join(folder, 'bare.md'), '# No front matter\n\ntext\n')
    const report = await bring('markdown', folder)
    expect(report).toMatchObject({ written: 1, skipped: [{ what: 'has no front matter between --- lines' }] })
    const [article] = await loadArticles(out)
    expect(article?.title).toBe('Tea and sleep')
    expect(article?.passages).toMatchObject([
      { id: 'tea-and-sleep#what-it-is', short: 'Tea keeps you up.' },
      {
        id: 'tea-and-sleep#prevention',
        short: 'How to prevent it:\n\n- Drink less\n- Sleep',
      },
    ])
  })
})
