import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseTranscript, play, printTranscript } from './transcript.ts'

const folder = join(import.meta.dirname, 'transcripts')

/** `UPDATE_TRANSCRIPTS=1 npx vitest run test/transcripts.test.ts` writes what happens now, to be read before it is kept. */
describe('golden transcripts: what a clinician can read is what Salus does', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.chat'),
  )
  it.each(files)('%s', async (name) => {
    const path = join(folder, name)
    const text = readFileSync(path, 'utf8')
    const played = printTranscript(await play(parseTranscript(text)))
    if (process.env.UPDATE_TRANSCRIPTS) writeFileSync(path, played)
    else expect(played).toBe(text)
  })
})
