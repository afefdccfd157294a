import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadArticles } from '../../src/knowledge/load.ts'
import { createMachine, type Machine } from './run.ts'

const count = 300
/** The program may have to be built first, ms. */
const longest = 90_000
let machine: Machine
let folder: string
let corpus: string

beforeEach(async () => {
  machine = await createMachine()
  folder = await mkdtemp(join(tmpdir(), 'salus-corpus-'))
  corpus = join(folder, 'topics.xml')
  const topics = Array.from(
    { length: count },
    (_, number) =>
      `<health-topic id="${number}" title="Topic ${number}" url="https://example.org/${number}" language="English"><full-summary>&lt;p&gt;Text of number ${number}.&lt;/p&gt;</full-summary></health-topic>`,
  )
  await writeFile(corpus, `<health-topics>${topics.join('\n')}</health-topics>`)
})
afterEach(async () => {
  await machine.remove()
  await rm(folder, { recursive: true, force: true })
})

describe('salus content import', () => {
  it(
    'killed in the middle and run again: every record is there once, and whole',
    async () => {
      const out = join(folder, 'articles')
      const args = ['content', 'import', 'medlineplus', corpus, '--out', out]
      const child = spawn(process.execPath, [resolve('bin/salus.mjs'), ...args], { stdio: 'ignore' })
      const exited = once(child, 'exit')
      const written = async () => (await readdir(join(out, 'en')).catch(() => [])).length
      while ((await written()) < count / 10 && child.exitCode === null) await sleep(2)
      child.kill('SIGKILL')
      await exited
      const before = await written()

      const { code, out: said } = await machine.run([...args, '--json'])
      expect(code).toBe(0)
      const report = JSON.parse(said)
      expect(report.written + report.unchanged).toBe(count)
      expect(report.unchanged).toBeGreaterThanOrEqual(Math.min(before, count) - 1)
      const articles = await loadArticles(out)
      expect(new Set(articles.map(({ imported }) => imported?.record)).size).toBe(count)
      expect(articles).toHaveLength(count)
    },
    longest,
  )

  it('lists bad records by file and line, keeps the rest, and exits with 1', async () => {
    await writeFile(corpus, (await readFile(corpus, 'utf8')).replace('url="https://example.org/2"', 'url=""'))
    const { code, out, err } = await machine.run([
      'content',
      'import',
      'medlineplus',
      corpus,
      '--out',
      join(folder, 'articles'),
    ])
    expect(code).toBe(1)
    expect(err).toContain(`${corpus}:3: a health topic has an id, a title and a url`)
    expect(err).toMatch(/\d+ records, \d+ %/)
    expect(out).toContain(`${count - 1} written`)
  })

  it('a path that is not there is a usage error, and nothing is made', async () => {
    const { code, err } = await machine.run(['content', 'import', 'medquad', join(folder, 'nowhere')])
    expect(code).toBe(2)
    expect(err).toContain('no such folder')
  })
})
