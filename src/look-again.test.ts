import { describe, expect, it } from 'vitest'
import { createWorld } from '../test/world.ts'
import { asId } from './core/ids.ts'
import type { InboundMessage } from './core/inbound.ts'
import type { Accepted, Bus } from './core/ports.ts'
import { lookAgain } from './look-again.ts'

const message = (text: string, id = 'm1'): InboundMessage => ({
  externalId: id,
  conversation: { key: asId('c'), workspace: asId('w'), channel: 'console', surface: 'direct', route: {} },
  sender: { urn: asId('u') },
  receivedAt: new Date(0),
  body: { kind: 'text', text },
})
const accepted = {
  kind: 'stored',
  status: 'accepted',
  inboxId: asId('in'),
  contactId: asId('p'),
  assessment: { level: 'routine', concerns: [], about: 'self', ruleset: 't', signals: [] },
  visibility: 'private',
} as unknown as Accepted & { kind: 'stored' }
const bus = { publish: () => {} } as unknown as Bus
const clock = { now: () => 1_000, sleep: async () => {} }

describe('looking again at a message', () => {
  it('acknowledges before the opinion is there, and puts what it raised into the inbox', async () => {
    let answer: (level: 'crisis') => void = () => {}
    const rows: unknown[] = []
    const enqueued = new Promise<void>((resolve) => {
      const receive = lookAgain(async () => accepted, {
        opinion: (said, found) =>
          new Promise((done) => {
            answer = (level) => done({ ...found, level, signals: [], concerns: ['self_harm'] })
            expect(said).toEqual(['words'])
          }),
        store: {
          enqueue: async (row) => {
            rows.push(row)
            resolve()
            return true
          },
        },
        bus,
        clock,
        report: () => {},
      })
      void receive(message('words')).then(() => {
        expect(rows).toEqual([])
        answer('crisis')
      })
    })
    await enqueued
    expect(rows).toMatchObject([
      { key: 'second-opinion/in', level: 'crisis', payload: { kind: 'assessment_raised', of: 'in' } },
    ])
  })

  it('leaves the rules standing when it fails', async () => {
    const codes: string[] = []
    const receive = lookAgain(async () => accepted, {
      opinion: () => Promise.reject(new Error('broken')),
      store: { enqueue: () => Promise.reject(new Error('must not be called')) },
      bus,
      clock,
      report: (code) => codes.push(code),
    })
    expect(await receive(message('words'))).toBe(accepted)
    await new Promise((resolve) => setImmediate(resolve))
    expect(codes).toEqual(['second_opinion_failed'])
  })
})

describe('a raised assessment', () => {
  it('is answered like an alarm: with the line, and staff are told', async () => {
    const world = await createWorld({
      secondOpinion: async (said, found) =>
        said.at(-1)?.includes('grey') ? { ...found, level: 'crisis', concerns: ['self_harm'] } : undefined,
    })
    try {
      await world.type('everything is grey and far away')
      const said = world.said().join('\n')
      expect(said).toMatch(/116 123/)
      expect(world.alerts().map((alert) => alert.payload.level)).toContain('crisis')
    } finally {
      await world.close()
    }
  })
})
