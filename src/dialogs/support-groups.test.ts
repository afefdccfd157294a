import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lintSupportGroups } from './lint-support-groups.ts'
import { loadSupportGroups } from './support-groups.ts'

const known = [
  { id: 'lupus', title: 'Lupus', area: 'body', names: ['sle'] },
  { id: 'breast-cancer', title: 'Breast cancer and screening', area: 'cancer', names: [] },
  { id: 'hiv', title: 'HIV', area: 'infection', names: [] },
]
const topics = `topics:
  - { id: cancer, title: Cancer, words: [cancer, chemo], covers: [cancer] }
private: [hiv]
`
const read = Date.parse('2026-11-23')

interface Given {
  readonly id: string
  readonly topics?: string
  readonly ages?: string
  readonly kind?: string
  readonly offers?: string
}

function group({
  id,
  topics = 'lupus',
  ages = 'unknown',
  kind = 'peer-group',
  offers = 'People meet.',
}: Given) {
  return `  - id: ${id}
    name: ${id}
    kind: ${kind}
    topics: [${topics}]
    audience: people with it
    ages: ${ages}
    offers: "${offers}"
    url: https://example.org/
    source: { publisher: P, title: T, url: https://example.org/a, read: 2026-11-23 }
    sha256: ${'a'.repeat(64)}
`
}

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'salus-groups-'))
  await writeFile(join(dir, 'topics.yaml'), topics)
})
afterEach(() => rm(dir, { recursive: true }))

async function write(country: string, ...groups: readonly Given[]) {
  const name = country === '*' ? 'international' : country
  await writeFile(join(dir, `${name}.yaml`), `country: "${country}"\ngroups:\n${groups.map(group).join('')}`)
}

const ids = (groups: readonly { readonly id: string }[]) => groups.map(({ id }) => id)

describe('support groups', () => {
  it('puts the very topic before a wider one, and keeps countries apart', async () => {
    await write('GB', { id: 'any-cancer', topics: 'cancer' }, { id: 'breast', topics: 'breast-cancer' })
    await write('US', { id: 'us-breast', topics: 'breast-cancer' })
    await write('*', { id: 'world', topics: 'cancer' })
    const groups = await loadSupportGroups(dir, known)
    const found = groups.find('breast-cancer', 'GB', false)
    expect(ids(found.near)).toEqual(['breast', 'any-cancer'])
    expect(ids(found.everywhere)).toEqual(['world'])
    expect(ids(groups.find('cancer', 'GB', false).near)).toEqual(['any-cancer', 'breast'])
    expect(ids(groups.find('lupus', 'GB', false).near)).toEqual([])
  })

  it('offers somebody under age only what is for the young, and bodies for every age', async () => {
    await write(
      'GB',
      { id: 'unknown' },
      { id: 'adults', ages: '{ from: 18 }' },
      { id: 'mixed', ages: '{ from: 16 }' },
      { id: 'young', ages: '{ from: 11, to: 25 }' },
      { id: 'all-ages', ages: '{ from: 0 }', kind: 'charity' },
    )
    const groups = await loadSupportGroups(dir, known)
    expect(ids(groups.find('lupus', 'GB', true).near)).toEqual(['young', 'all-ages'])
    expect(groups.find('lupus', 'GB', false).near).toHaveLength(5)
  })

  it('finds the topic with the longest name in a text', async () => {
    const { topics } = await loadSupportGroups(dir, known)
    expect(topics.in('other women with breast cancer')).toBe('breast-cancer')
    expect(topics.in('I had chemo')).toBe('cancer')
    expect(topics.in('SLE, it is')).toBe('lupus')
    expect(topics.in('cancerous nonsense')).toBeUndefined()
    expect(topics.in('lupus and hiv', (id) => id === 'hiv')).toBe('hiv')
    expect(topics.in('breast cancer', (id) => id === 'cancer')).toBe('breast-cancer')
    expect(topics.isPrivate('hiv')).toBe(true)
    expect(topics.isPrivate('lupus')).toBe(false)
  })

  it('is empty without the folder, and names file and line of what is wrong', async () => {
    expect((await loadSupportGroups(join(dir, 'none'), known)).all).toEqual([])
    await write('GB', { id: 'one' }, { id: 'two', topics: 'no-such' })
    await expect(loadSupportGroups(dir, known)).rejects.toThrow(/GB\.yaml:16: .*no such topic/)
    await write('GB', { id: 'one' }, { id: 'one' })
    await expect(loadSupportGroups(dir, known)).rejects.toThrow(/GB\.yaml:\d+: "one" is the id of another/)
  })
})

describe('lint of support groups', () => {
  it('finds what is stale, what sells, numbers to ring and what is no single sentence', async () => {
    await write(
      'GB',
      { id: 'fine' },
      { id: 'sells', offers: 'Buy our course.' },
      { id: 'rings', offers: 'Call 0800 123 456 now.' },
      { id: 'long', offers: 'One. Two.' },
    )
    const checks = async (now: number) =>
      (await lintSupportGroups(dir, known, now)).map(({ line, check }) => `${line} ${check}`)
    expect(await checks(read)).toEqual(['13 support-sells', '23 number-to-ring', '33 support-offers'])
    expect(await checks(read + 731 * 86_400_000)).toContain('3 support-stale')
  })

  it('reports what cannot be read as a finding', async () => {
    await writeFile(join(dir, 'GB.yaml'), 'country: gb\ngroups: []\n')
    expect(await lintSupportGroups(dir, known, read)).toMatchObject([
      { file: join(dir, 'GB.yaml'), line: 1, check: 'unreadable' },
    ])
  })
})
