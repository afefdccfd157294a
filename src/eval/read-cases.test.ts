import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readCases } from './read-cases.ts'

const schema = z.object({ id: z.string(), text: z.string() })
let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'salus-cases-'))
})
afterAll(() => rm(dir, { recursive: true }))

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(dir, name)
  await writeFile(path, content)
  return path
}

describe('reading cases', () => {
  const line = '{"id":"a","text":"niño","more":1}\n'

  it('reads lines and drops what the schema does not name', async () => {
    expect(await readCases(await file('ok.jsonl', `${line}\r\n${line}`), schema)).toEqual([
      { id: 'a', text: 'niño' },
      { id: 'a', text: 'niño' },
    ])
  })

  it('reads gzip', async () => {
    expect(await readCases(await file('ok.jsonl.gz', gzipSync(line)), schema)).toHaveLength(1)
  })

  it.each([
    ['json.jsonl', `${line}{"id":`, /json\.jsonl:2: not JSON/],
    ['shape.jsonl', `${line}\n{"id":"b","text":7}`, /shape\.jsonl:3: text: .*string/],
    ['empty.jsonl', '\n', /empty\.jsonl:1: no cases/],
    ['plain.gz', line, /plain\.gz: not gzip/],
    ['latin.jsonl', new Uint8Array([0xff, 0xfe]), /latin\.jsonl: not UTF-8/],
  ])('says where and what is wrong: %s', async (name, content, message) => {
    await expect(readCases(await file(name, content), schema)).rejects.toThrow(message)
  })

  it('names a missing file', async () => {
    await expect(readCases(join(dir, 'none.jsonl'), schema)).rejects.toMatchObject({ code: 'USAGE' })
  })

  it('never repeats the words of a case', async () => {
    const path = await file('words.jsonl', '{"id":"b","text":{"secret":"my name is Ana"}}')
    await expect(readCases(path, schema)).rejects.not.toThrow(/Ana/)
  })
})
