import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tealFever } from '../../test/fixtures/knowledge.ts'
import { loadArticles } from './load.ts'
import { storeArticles } from './stored-articles.ts'

let folder: string
let stored: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'articles-'))
  stored = join(folder, 'compiled')
  mkdirSync(join(folder, 'en'))
  file = join(folder, 'en', 'teal-fever.md')
  writeFileSync(file, tealFever)
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('articles that were stored', () => {
  it('are the same as those read from their files', async () => {
    const fresh = await loadArticles(folder, join(folder, 'none'))
    storeArticles(stored, fresh)
    expect(await loadArticles(folder, stored)).toEqual(fresh)
  })

  it('are read anew where the file changed by one letter', async () => {
    const [before] = await loadArticles(folder, stored)
    storeArticles(stored, before ? [before] : [])
    writeFileSync(file, tealFever.replace('wish for', 'hope for'))
    const [after] = await loadArticles(folder, stored)
    expect(after?.hash).not.toBe(before?.hash)
    expect(after?.passages.some(({ short, rest }) => `${short}${rest}`.includes('hope for'))).toBe(true)
  })

  it('count for nothing when the file is broken', async () => {
    writeFileSync(stored, 'broken')
    expect(await loadArticles(folder, stored)).toHaveLength(1)
  })

  it('are still refused when the file is not valid', async () => {
    storeArticles(stored, await loadArticles(folder, stored))
    writeFileSync(file, tealFever.replace('title:', 'titel:'))
    await expect(loadArticles(folder, stored)).rejects.toThrow('teal-fever.md')
  })
})
