import { join } from 'node:path'
import type { Assess } from '../core/assessment.ts'
import type { EvalOptions } from './commands/eval.ts'
import type { Host } from './host.ts'

/** Figures as `docs/commands.md` names them, and a table for people where one says more. */
interface Measured {
  readonly report: object
  readonly table?: string
}
type Task = (host: Host, options: EvalOptions) => Promise<Measured>

/** What `eval` measures; each loads only what it needs. */
export const tasks: Readonly<Record<string, Task>> = {
  async triage(host, { cases }) {
    const { evalTriage, triageCaseSchema, triageTable } = await import('../eval/triage.ts')
    const { readCases } = await import('../eval/read-cases.ts')
    const lines = await readCases(cases, triageCaseSchema)
    return withOpinion(host, (assess) => ({
      report: evalTriage(lines, assess),
      table: triageTable(lines, assess),
    }))
  },
  async alarms(host, { cases }) {
    const { alarmLineSchema, alarmTable, evalAlarms } = await import('../eval/alarms.ts')
    const { readCases } = await import('../eval/read-cases.ts')
    const lines = await readCases(cases, alarmLineSchema)
    return withOpinion(host, (assess) => {
      const report = evalAlarms(lines, assess)
      return { report, table: alarmTable(report) }
    })
  },
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
    const report = await evalAnswers(cases, {
      now,
      assess,
      answer: (text, locale) => knowledge.answer({ text, locale, now, withholdQuantities: false }, workspace),
    })
    return { report }
  },
  async retrieval(host, { cases, query }) {
    const { evalRetrieval } = await import('../eval/retrieval.ts')
    return { report: await evalRetrieval(cases, { query, clock: host.clock }) }
  },
  async claims(host, { cases }) {
    const { evalClaims } = await import('../eval/claims.ts')
    const { createClaimMatcher } = await import('../knowledge/match-claim.ts')
    const { loadLexicons } = await import('../knowledge/lexicon.ts')
    const { loadMyths } = await import('../knowledge/myth.ts')
    const { contentDir } = host.config()
    const lexicons = await loadLexicons(join(contentDir, 'lexicon'))
    const match = createClaimMatcher(await loadMyths(join(contentDir, 'myths')), lexicons.get('en'))
    const { isHeldBack } = await import('../dialogs/correct-claim.ts')
    const { assess } = await triageOf(host)
    const now = host.clock.now()
    return {
      report: await evalClaims(
        cases,
        (text) => match(text)?.id,
        (text, locale) => isHeldBack(assess(text, { now, locale, recent: [], fragments: [] })),
      ),
    }
  },
  async privacy(_host, { cases }) {
    const { evalPrivacy } = await import('../eval/privacy.ts')
    const { redact } = await import('../privacy/redact.ts')
    return { report: await evalPrivacy(cases, redact) }
  },
}

/** Measures triage as people meet it: the rules, and the second opinion where it is on. */
async function withOpinion(host: Host, measure: (assess: Assess) => Measured): Promise<Measured> {
  const { contentDir, secondOpinion } = host.config()
  const { assess } = await triageOf(host)
  const { modelFile, openSecondOpinion } = await import('../second-opinion/open.ts')
  const file = modelFile(contentDir)
  if (!secondOpinion || !file) return measure(assess)
  const { withSecondOpinion } = await import('../eval/second-look.ts')
  return withSecondOpinion(measure, assess, await openSecondOpinion(file), (done, of) => {
    if (done % 1_000 === 0) host.terminal.err(`second opinion: ${done} of ${of}`)
  })
}

async function triageOf(host: Host) {
  const { loadTriage } = await import('../triage/load.ts')
  return loadTriage(join(host.config().contentDir, 'triage'))
}
