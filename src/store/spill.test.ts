import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nothingSaid } from '../core/assessment.ts'
import type { InboundMessage } from '../core/inbound.ts'
import { systemRandom } from '../system.ts'
import { createSpillFile } from './spill.ts'

const message = (id: string) =>
  ({
    externalId: id,
    conversation: { key: 'c', workspace: 'w', channel: 'web', surface: 'direct', route: {} },
    sender: { urn: 'web:someone' },
    receivedAt: new Date(1_000),
    body: { kind: 'text', text: 'private words' },
  }) as unknown as InboundMessage

describe('spill file', () => {
  let folder = ''
  const key = new Uint8Array(32).fill(7)
  const open = () => createSpillFile(join(folder, 'spill'), key, systemRandom)
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'salus-spill-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('keeps messages sealed and hands them back once, oldest first', async () => {
    await open().append(message('1'), nothingSaid)
    await open().append(message('2'), nothingSaid)
    expect(await readFile(join(folder, 'spill'), 'utf8')).not.toContain('private words')
    const taken: InboundMessage[] = []
    expect(await open().replay(async (one) => void taken.push(one))).toBe(2)
    expect(taken).toEqual([message('1'), message('2')])
    expect(await open().replay(async (one) => void taken.push(one))).toBe(0)
  })

  it('replays all of it again when a replay broke off', async () => {
    await open().append(message('1'), nothingSaid)
    await open().append(message('2'), nothingSaid)
    let calls = 0
    await expect(
      open().replay(async () => {
        if (++calls === 2) throw new Error('down again')
      }),
    ).rejects.toThrow('down again')
    await open().append(message('3'), nothingSaid)
    const taken: string[] = []
    await open().replay(async (one) => void taken.push(one.externalId))
    expect(taken).toEqual(['1', '2', '3'])
  })

  it('keeps aside a line that a power failure tore, and replays the rest', async () => {
    await open().append(message('1'), nothingSaid)
    await appendFile(join(folder, 'spill'), 'torn\n')
    await open().append(message('2'), nothingSaid)
    const taken: string[] = []
    await open().replay(async (one) => void taken.push(one.externalId))
    expect(taken).toEqual(['1', '2'])
    expect(await readFile(join(folder, 'spill.unreadable'), 'utf8')).toBe('torn\n')
  })
})
