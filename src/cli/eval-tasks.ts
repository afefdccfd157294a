import { join } from 'node:path'
import type { EvalOptions } from './commands/eval.ts'
import type { Host } from './host.ts'

type Task = (host: Host, options: EvalOptions) => Promise<object>

/** What `eval` measures; each loads only what it needs. */
export const tasks: Readonly<Record<string, Task>> = {
  async answers(host, { cases }) {
    const { contentDir } = host.config()
    const { evalAnswers } = await import('../eval/answers.ts')
    const { loadKnowledge } = await import('../knowledge/load.ts')
    const { demoWorkspace } = await import('../open-state.ts')
    const { assess } = await triageOf(host)
    const knowledge = await loadKnowledge(contentDir)
    const now = host.clock.now()
    // The demo answers from unreviewed articles too: what is measured is finding them, not who read them.
    const workspace = demoWorkspace('GB')
    return evalAnswers(cases, {
      now,
      assess,
      answer: (text, locale) => knowledge.answer({ text, locale, now, withholdQuantities: false }, workspace),
    })
  },
  async retrieval(host, { cases, query }) {
    const { evalRetrieval } = await import('../eval/retrieval.ts')
    return evalRetrieval(cases, { query, clock: host.clock })
  },
  async claims(_host, { cases }) {
    const { evalClaims } = await import('../eval/claims.ts')
    return evalClaims(cases)
  },
  async privacy(_host, { cases }) {
    const { evalPrivacy } = await import('../eval/privacy.ts')
    const { redact } = await import('../privacy/redact.ts')
    return evalPrivacy(cases, redact)
  },
}

async function triageOf(host: Host) {
  const { loadTriage } = await import('../triage/load.ts')
  return loadTriage(join(host.config().contentDir, 'triage'))
}
