import type { ServerResponse } from 'node:http'
import type { RequestHandler } from 'express'
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { levels } from '../core/assessment.ts'
import type { WorkspaceId } from '../core/ids.ts'
import type { Store } from '../core/ports.ts'

export type PostOutcome = 'stored' | 'spilled' | 'lost' | 'invalid' | 'refused'

/** Counts for operators. No label tells of a person, a conversation or a text. */
export interface Metrics {
  readonly contentType: string
  text(): Promise<string>
  countPost(outcome: PostOutcome): void
  readonly countRequests: RequestHandler
  /** Counts what is answered past the middleware. */
  countAnswer(method: string, response: ServerResponse): void
}

export function createMetrics(parts: {
  readonly store: Pick<Store, 'backlog' | 'cases'>
  readonly workspace: WorkspaceId
  readonly staffPages: () => number
  /** What became of answers that a model was asked to shorten, by name; absent: no model. */
  readonly model?: () => Readonly<Record<string, number>>
}): Metrics {
  const { store, workspace } = parts
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const posts = new Counter({
    name: 'salus_chat_posts_total',
    help: 'Messages posted by chat pages, by what became of them.',
    labelNames: ['outcome'],
    registers,
  })
  const requests = new Counter({
    name: 'salus_http_requests_total',
    help: 'Requests answered, by method and class of status.',
    labelNames: ['method', 'status'],
    registers,
  })
  new Gauge({
    name: 'salus_inbox_backlog',
    help: 'Inbox rows that wait or are held.',
    registers,
    async collect() {
      this.set(await store.backlog())
    },
  })
  new Gauge({
    name: 'salus_cases_open',
    help: 'Cases that are not resolved, by level.',
    labelNames: ['level'],
    registers,
    async collect() {
      const open = await store.cases(workspace, { status: ['waiting', 'claimed', 'snoozed'] })
      for (const level of levels) this.set({ level }, open.filter((one) => one.level === level).length)
    },
  })
  new Gauge({
    name: 'salus_staff_pages_open',
    help: 'Staff pages that are open in this process.',
    registers,
    collect() {
      this.set(parts.staffPages())
    },
  })
  const { model } = parts
  if (model) {
    new Gauge({
      name: 'salus_model_answers',
      help: 'Answers and sentences of the language model since the start, by what became of them.',
      labelNames: ['outcome'],
      registers,
      collect() {
        for (const [outcome, count] of Object.entries(model())) this.set({ outcome }, count)
      },
    })
  }
  const countAnswer: Metrics['countAnswer'] = (asked, response) => {
    response.on('finish', () => {
      const method = ['GET', 'POST', 'HEAD'].includes(asked) ? asked : 'other'
      requests.inc({ method, status: `${Math.floor(response.statusCode / 100)}xx` })
    })
  }
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    countPost: (outcome) => posts.inc({ outcome }),
    countAnswer,
    countRequests: (request, response, next) => {
      countAnswer(request.method, response)
      next()
    },
  }
}
