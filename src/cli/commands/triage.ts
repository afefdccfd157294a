import { join } from 'node:path'
import { type Command, Option } from 'commander'
import type { TriageAssessment } from '../../core/assessment.ts'
import type { Host } from '../host.ts'
import { wordsOf } from '../words.ts'
import { addTriageDiff } from './triage-diff.ts'

export function addTriage(program: Command, host: Host): void {
  const triage = program
    .command('triage')
    .description('Assess a message offline: level, concerns, and the words that raised them.')
    .argument('<text...>', 'the message; "-" reads it from standard input')
    .option('--json', 'one JSON object on standard output')
    .option('--why', 'also the rules that fired with their sources, and the rules that a guard held back')
    .addOption(new Option('--locale <locale>', 'language of the person, such as en or es'))
    .action(async (words: string[], options: { json?: boolean; why?: boolean; locale?: string }) => {
      const text = await wordsOf(words, host.terminal)
      const { loadTriage } = await import('../../triage/load.ts')
      const rules = loadTriage(join(host.config().contentDir, 'triage'))
      const context = {
        now: host.clock.now(),
        recent: [],
        fragments: [],
        ...(options.locale ? { locale: options.locale } : {}),
      }
      const assessment = rules.assess(text, context)
      const why = options.why ? rules.why(text, context) : undefined
      const signals = assessment.signals.map(({ rule, level, concerns, span }) => ({
        rule,
        level,
        concerns,
        span,
        words: text.slice(span[0], span[1]),
      }))
      if (options.json) {
        host.terminal.out(JSON.stringify({ ...assessment, signals, ...(why ? { why } : {}) }))
        return
      }
      host.terminal.out(summary(assessment, signals))
      if (why) {
        host.terminal.out(`read as   ${why.normalised}`)
        for (const { rule, words, source } of why.fired) {
          host.terminal.out(`fired     ${rule}: "${words.join('", "')}" (${source})`)
        }
        for (const { rule, guard, words } of why.held) {
          host.terminal.out(`held      ${rule}: "${words}", by the guard ${guard}`)
        }
      }
    })
  addTriageDiff(triage, host)
}

function summary(
  assessment: TriageAssessment,
  signals: readonly { readonly rule: string; readonly level: string; readonly words: string }[],
): string {
  const lines = [
    `level     ${assessment.level}`,
    `concerns  ${assessment.concerns.join(', ') || 'none'}`,
    `about     ${assessment.about}`,
    ...(assessment.minor ? ['minor     yes'] : []),
    ...(assessment.language ? [`language  ${assessment.language}`] : []),
    ...signals.map(({ rule, level, words }) => `signal    ${level} ${rule}: "${words}"`),
    `ruleset   ${assessment.ruleset}`,
  ]
  return lines.join('\n')
}
