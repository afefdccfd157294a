import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fixtureContent } from '../../test/fixtures/knowledge.ts'
import { lintPictures } from './lint-pictures.ts'
import { loadArticles } from './load.ts'
import { createPictureOf, loadPictures } from './pictures.ts'

const articles = await loadArticles(join(fixtureContent, 'articles'))
let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'salus-pictures-'))
  await writeFile(join(dir, 'rest.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
})
afterEach(() => rm(dir, { recursive: true }))

const one = (id: string, section: string, alt = 'Somebody lies in bed and rests.') =>
  `- { id: ${id}, article: teal-fever, sections: [${section}], alt: "${alt}" }\n`
const write = (...pictures: string[]) =>
  writeFile(join(dir, 'pictures.yaml'), `pictures:\n${pictures.map((each) => `  ${each}`).join('')}`)
const found = async () => (await lintPictures(dir, articles)).map(({ what }) => what)

describe('pictures', () => {
  it('are shown with the sections that they name, and lint finds nothing', async () => {
    await write(one('rest', 'what-it-is'))
    expect(await found()).toEqual([])
    const pictureOf = createPictureOf(await loadPictures(dir))
    expect(pictureOf('teal-fever#what-it-is')?.id).toBe('rest')
    expect(pictureOf('teal-fever#signs')).toBeUndefined()
    expect(pictureOf('plum-pox#what-it-is')).toBeUndefined()
  })

  it('lint finds one that is not drawn, one with no section, two in one place, and one without words', async () => {
    await write(one('run', 'what-it-is'), one('rest', 'nowhere'), one('rest', 'what-it-is'))
    const [undrawn, nowhere, twice] = await found()
    expect(undrawn).toContain('run.svg is missing')
    expect(nowhere).toContain('teal-fever#nowhere')
    expect(twice).toContain('has two pictures')
    await write(one('rest', 'what-it-is', 'Bed'))
    expect((await found())[0]).toContain('alt')
  })
})
