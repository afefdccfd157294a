import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkSources } from './check-sources.ts'
import { loadPublishers, type PublisherOf } from './publishers.ts'

let folder = ''
let publisherOf: PublisherOf
const list = `international: [.who.int]
national: [.nhs.example, .gov.example]
body: [charity.example]
journal: [journal.example]
carrier: { pharmacy.example: Teal Pharmacy, copies.nhs.example: Copies }
refused: [.proxy.example]
`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salus-sources-'))
  await writeFile(join(folder, 'sources.yaml'), list)
  publisherOf = (await loadPublishers(join(folder, 'sources.yaml')))!
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function found(...sources: readonly (readonly [publisher: string, host: string])[]): readonly string[] {
  const given = sources.map(([publisher, host]) => ({ publisher, url: `https://${host}/page` }))
  return checkSources({ file: 'x.md', sources: given }, publisherOf, () => 1).map(({ check }) => check)
}

describe('sources of an article', () => {
  it('are two of health bodies', () => {
    expect(found(['WHO', 'www.who.int'], ['NHS', 'www.nhs.example'])).toEqual([])
    expect(found(['WHO', 'www.who.int'])).toEqual(['few-bodies'])
  })

  it('stand at publishers that are listed, by name or below it', () => {
    const two = [
      ['WHO', 'apps.who.int'],
      ['Charity', 'charity.example'],
    ] as const
    expect(found(...two, ['Somebody', 'blog.example'])).toEqual(['unlisted-publisher'])
    expect(found(...two, ['Charity', 'shop.charity.example'])).toEqual(['unlisted-publisher'])
    expect(found(...two, ['NHS', 'nhs.proxy.example'])).toEqual(['refused-publisher'])
  })

  it('name who carries them, and whoever carries is no body, whatever name is above', () => {
    const carried = ['NHS', 'pharmacy.example'] as const
    expect(found(['WHO', 'who.int'], ['NHS', 'nhs.example'], carried)).toEqual(['unnamed-carrier'])
    expect(found(['WHO', 'who.int'], ['NHS, as carried by Teal Pharmacy', 'pharmacy.example'])).toEqual([
      'few-bodies',
    ])
    expect(found(['WHO', 'who.int'], ['NHS, as carried by Copies', 'copies.nhs.example'])).toEqual([
      'few-bodies',
    ])
  })
})

describe('sources.yaml', () => {
  it('may be absent', async () => {
    expect(await loadPublishers(join(folder, 'none.yaml'))).toBeUndefined()
  })

  it('lists each host once', async () => {
    const path = join(folder, 'twice.yaml')
    await writeFile(path, list.replace('charity.example', 'charity.example, journal.example'))
    await expect(loadPublishers(path)).rejects.toThrow(/journal.example is listed twice/)
  })
})
