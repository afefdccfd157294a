import { createHmac } from 'node:crypto'
import type { Rung } from './core/events.ts'
import { asId, type CaseId, type WorkspaceId } from './core/ids.ts'
import type { Clock, SendOutcome, Store } from './core/ports.ts'
import type { RenderedPart } from './core/reply.ts'
import { addressOf } from './handoff/ladder.ts'

/** An address that has not answered by then counts as lost, ms. */
const answerWithinMs = 10_000
/** An address that failed is tried again after this long, ms, for as long as the case waits. */
const againMs = 30_000

export interface PagerParts {
  readonly store: Pick<Store, 'case' | 'workspace'>
  readonly clock: Clock
  /** Signs what is sent; without it nothing leaves. */
  readonly secret?: string
  /** Of the staff page, for the link. */
  readonly publicUrl: string
  readonly fetch: typeof fetch
  readonly report: (code: string, error?: unknown) => void
}

/**
 * Rings whoever stands on a rung of the ladder when it is sent, at their own address: a signed webhook with pseudonym,
 * level and a link, and never a word of what was said. An address that takes it is "sent", not "answered": the clock
 * of the case runs on.
 */
export function createPager({ store, clock, secret, publicUrl, fetch, report }: PagerParts) {
  async function post(webhook: string, body: string, signed: string, id: string): Promise<SendOutcome> {
    const late = new AbortController()
    const timer = new AbortController()
    void clock.sleep(answerWithinMs, timer.signal).then(() => late.abort())
    try {
      const response = await fetch(webhook, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'salus-signature': signed, 'idempotency-key': id },
        body,
        // A signed page goes where the organisation said, and nowhere else.
        redirect: 'error',
        signal: late.signal,
      })
      await response.body?.cancel()
      if (response.ok) return { kind: 'sent', externalId: id }
      report(`page_refused_${response.status}`)
      const later = response.status >= 500 || [408, 425, 429].includes(response.status)
      return later ? { kind: 'retry', afterMs: againMs } : { kind: 'unreachable', reason: 'blocked' }
    } catch {
      // The error may hold the address, which may be a secret.
      report('page_failed')
      return { kind: 'retry', afterMs: againMs }
    } finally {
      timer.abort()
    }
  }

  return async (workspaceId: WorkspaceId, { payload }: RenderedPart): Promise<SendOutcome> => {
    const [one, workspace] = await Promise.all([
      store.case(asId<CaseId>(String(payload.caseId))),
      store.workspace(workspaceId),
    ])
    const now = clock.now()
    // Somebody took it meanwhile: nobody is woken for that.
    if (one?.status !== 'waiting' || !workspace) return { kind: 'unreachable', reason: 'left' }
    const rung = String(payload.rung) as Rung
    const address = addressOf(workspace, rung, now)
    if (!address) return { kind: 'unreachable', reason: 'unknown_route' }
    if (!secret) {
      report('page_without_secret')
      return { kind: 'unreachable', reason: 'not_installed' }
    }
    const id = String(payload.id)
    const body = JSON.stringify({
      id,
      at: new Date(now).toISOString(),
      case: one.id,
      pseudonym: payload.pseudonym,
      level: one.level,
      reason: payload.reason,
      rung,
      ...(address.person ? { person: address.person } : {}),
      answerBy: new Date(one.answerBy).toISOString(),
      link: `${publicUrl}/staff`,
    })
    return post(address.webhook, body, signatureOf(secret, body, now), id)
  }
}

/** `t=<epoch s>,v1=<hex>`: HMAC-SHA-256 over `<epoch s>.<body>`, so that an old page cannot be sent again as new. */
export function signatureOf(secret: string, body: string, now: number): string {
  const t = Math.floor(now / 1_000)
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`
}
