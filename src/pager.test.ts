import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { asId, type WorkspaceId } from './core/ids.ts'
import type { Clock } from './core/ports.ts'
import type { HandoffCase } from './core/records.ts'
import type { Workspace } from './core/workspace.ts'
import { createPager } from './pager.ts'

const secret = 'a secret of the organisation'
const here = asId<WorkspaceId>('here')
const now = Date.parse('2026-03-02T23:00:00Z')
const part = {
  payload: {
    kind: 'page',
    id: 'in1/0/1',
    caseId: 'c1',
    pseudonym: 'Teal Heron',
    level: 'crisis',
    reason: 'opened',
    rung: 'on_call',
  },
  plain: '',
}

interface Taken {
  readonly body: string
  readonly signature: string
  readonly id: string
}

describe('whoever is on call is rung at their own address', () => {
  let server: Server
  let taken: Taken[]
  let answer: number
  let hang: boolean
  beforeEach(async () => {
    taken = []
    answer = 200
    hang = false
    server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      const { 'salus-signature': signature, 'idempotency-key': id } = request.headers
      taken.push({ body, signature: String(signature), id: String(id) })
      if (hang) return
      response.writeHead(answer, answer === 302 ? { location: '/elsewhere' } : {}).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })

  function pager(
    given: { status?: HandoffCase['status']; secret?: string | undefined; logs?: string[] } = {},
  ) {
    const { port } = server.address() as AddressInfo
    const workspace = {
      staffing: 'volunteers',
      escalation: {
        rota: { zone: 'utc', starts: '2026-03-02', at: '09:00', days: 7, people: ['Ana'] },
        pagers: [{ person: 'Ana', webhook: `http://127.0.0.1:${port}/ana` }],
      },
    } as unknown as Workspace
    const one = {
      id: 'c1',
      status: given.status ?? 'waiting',
      level: 'crisis',
      topic: 'self_harm',
      answerBy: now,
    }
    const clock: Clock = {
      now: () => now,
      // Waits for the end of time, or not at all.
      sleep: (_, signal) =>
        new Promise((resolve) =>
          hang ? setImmediate(resolve) : signal?.addEventListener('abort', () => resolve()),
        ),
    }
    return createPager({
      store: { case: async () => one as unknown as HandoffCase, workspace: async () => workspace },
      clock,
      ...('secret' in given && given.secret === undefined ? {} : { secret }),
      publicUrl: 'https://chat.clinic.example',
      fetch,
      report: (code) => given.logs?.push(code),
    })
  }

  it('with a signature over time and body, and neither topic nor words', async () => {
    expect(await pager()(here, part)).toEqual({ kind: 'sent', externalId: 'in1/0/1' })
    const [one] = taken
    const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(one!.signature)!
    expect(Number(t) * 1_000).toBe(now)
    expect(v1).toBe(createHmac('sha256', secret).update(`${t}.${one!.body}`).digest('hex'))
    expect(one!.id).toBe('in1/0/1')
    expect(JSON.parse(one!.body)).toMatchObject({
      person: 'Ana',
      rung: 'on_call',
      level: 'crisis',
      case: 'c1',
    })
    expect(one!.body).not.toContain('self_harm')
  })

  it.each([
    [503, 'retry'],
    [429, 'retry'],
    [404, 'unreachable'],
    [302, 'retry'],
  ])('an address that answers %i: %s', async (status, kind) => {
    answer = status
    expect((await pager()(here, part)).kind).toBe(kind)
    // A redirection is not followed: a signed page goes to that address alone.
    expect(taken).toHaveLength(1)
  })

  it('one that never answers is tried again', async () => {
    hang = true
    expect((await pager()(here, part)).kind).toBe('retry')
  })

  it('nobody is woken for a case that somebody took meanwhile', async () => {
    expect((await pager({ status: 'claimed' })(here, part)).kind).toBe('unreachable')
    expect(taken).toHaveLength(0)
  })

  it('nothing leaves unsigned', async () => {
    const logs: string[] = []
    expect((await pager({ secret: undefined, logs })(here, part)).kind).toBe('unreachable')
    expect(logs).toEqual(['page_without_secret'])
    expect(taken).toHaveLength(0)
  })
})
