import { Router } from 'express'
import { isAlarm } from '../core/assessment.ts'
import type { ConversationKey, DeliveryKey } from '../core/ids.ts'
import type { Arrival, Bus, Clock, Store } from '../core/ports.ts'
import { attachChatStream } from './chat-stream.ts'
import type { CookieJar } from './cookies.ts'
import { readHistory } from './history.ts'
import type { ChatLimits } from './limits.ts'
import { lastEventId, openEventStream } from './sse.ts'
import type { ChatAbout, ChatHistory, PostReceipt } from './wire.ts'
import type { ChatWords } from './words.ts'

/** A week: long enough for a person's answer to be found again, short on a device that others use. */
const chatCookieSeconds = 7 * 24 * 60 * 60

/** Where the quick exit leads: a page that says nothing about whoever has it open. */
const elsewhere = 'https://www.wikipedia.org/'

/** The channel that chat pages belong to. */
export interface ChatDoor {
  newToken(): string
  isToken(value: string | undefined): value is string
  conversationOf(token: string): ConversationKey
  post(token: string, json: unknown): Promise<Arrival | { readonly kind: 'invalid'; readonly why: string }>
  onSent(conversation: ConversationKey, listener: (key: DeliveryKey) => Promise<void>): () => void
}

export interface ChatRouteParts {
  readonly chat: ChatDoor
  readonly store: Pick<Store, 'transcript' | 'deliveriesSince'>
  readonly bus: Bus
  readonly clock: Clock
  readonly cookies: CookieJar
  readonly limits: ChatLimits
  readonly words: ChatWords
  readonly about: () => Promise<ChatAbout>
  readonly report: (code: string, error: unknown) => void
  readonly count: (outcome: 'stored' | 'spilled' | 'lost' | 'invalid' | 'refused') => void
}

/** `/api/chat/*` and the quick exit. */
export function chatRoutes(parts: ChatRouteParts): Router {
  const { chat, cookies, clock, words, count } = parts
  const router = Router()

  router.post('/api/chat/messages', async (request, response) => {
    const known = cookies.read(request, 'salus_chat')
    const token = chat.isToken(known) ? known : chat.newToken()
    const text = textIn(request.body)
    const pace = await parts.limits.take(token, request.ip ?? '', text)
    if (pace.kind === 'refused') {
      count('refused')
      response.status(429).set('retry-after', String(pace.waitSeconds))
      response.json({ error: 'too_many', say: words.tooFast() })
      return
    }
    const posted = await chat.post(token, request.body).catch((error: unknown) => {
      parts.report('post_lost', error)
      return undefined
    })
    if (!posted) {
      count('lost')
      // The page keeps the message and offers to send it again; the numbers are given at once.
      response.status(503).json({ error: 'not_kept', say: words.outage(true) })
      return
    }
    if (posted.kind === 'invalid') {
      count('invalid')
      // Nobody knows what it would have said: the numbers are given, unless nothing was written.
      response.status(400).json({
        error: posted.why,
        ...(posted.why === 'empty' ? {} : { say: words.outage(true) }),
      })
      return
    }
    count(posted.kind)
    cookies.set(response, 'salus_chat', token, chatCookieSeconds)
    const alarm = isAlarm(posted.assessment.level)
    const receipt: PostReceipt = {
      accepted: true,
      ...(posted.kind === 'spilled'
        ? { say: words.outage(alarm), tone: alarm ? ('urgent' as const) : ('info' as const) }
        : {}),
      ...(posted.kind === 'stored' && pace.kind === 'fast' && !alarm
        ? { say: words.slowDown(), tone: 'info' as const, waitSeconds: Math.min(pace.waitSeconds, 10) }
        : {}),
    }
    response.status(202).json(receipt)
  })

  router.get('/api/chat/history', async (request, response) => {
    const token = cookies.read(request, 'salus_chat')
    const entries = chat.isToken(token) ? await readHistory(parts.store, chat.conversationOf(token)) : []
    response.json({ about: await parts.about(), entries } satisfies ChatHistory)
  })

  router.get('/api/chat/stream', async (request, response) => {
    const token = cookies.read(request, 'salus_chat')
    if (!chat.isToken(token)) {
      response.status(401).json({ error: 'no_conversation' })
      return
    }
    const stream = openEventStream(request, response, clock)
    await attachChatStream(parts, stream, chat.conversationOf(token), lastEventId(request))
  })

  router.get('/leave', (request, response) => {
    // Another site that links here must not be able to take the conversation away.
    const site = request.get('sec-fetch-site')
    if (site === undefined || site === 'same-origin' || site === 'none') {
      cookies.clear(response, 'salus_chat')
      response.set('clear-site-data', '"cache", "storage"')
    }
    response.redirect(303, elsewhere)
  })
  return router
}

/** The words that a post seems to hold, for what must be judged before it is parsed. */
function textIn(body: unknown): string {
  if (typeof body !== 'object' || body === null) return ''
  if ('text' in body && typeof body.text === 'string') return body.text
  return 'command' in body && typeof body.command === 'string' ? body.command : ''
}
