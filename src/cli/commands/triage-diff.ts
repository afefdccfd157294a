import type { Command } from 'commander'
import { z } from 'zod'
import { Exit, exitCodes } from '../exit.ts'
import type { Host } from '../host.ts'
import { withRuleFolder } from '../rule-folder.ts'

const caseSchema = z.object({ id: z.string(), text: z.string(), before: z.array(z.string()).optional() })

export function addTriageDiff(triage: Command, host: Host): void {
  triage
    .command('diff')
    .description('What changes between two rule sets, case by case. Exits 1 when an alarm is lowered.')
    .argument('<old>', 'a folder of rules, or git:REV')
    .argument('<new>', 'a folder of rules, or git:REV')
    .requiredOption('--cases <file>', 'JSONL with id, text and optionally before')
    .option('--json', 'one JSON object on standard output')
    .action(async (from: string, to: string, options: { cases: string }, command: Command) => {
      // "triage" has the same option, and takes it first.
      const { json } = command.optsWithGlobals<{ json?: boolean }>()
      const { readCases } = await import('../../eval/read-cases.ts')
      const { diffTriage, sayTriageDiff } = await import('../../eval/triage-diff.ts')
      const { loadTriage } = await import('../../triage/load.ts')
      const cases = await readCases(options.cases, caseSchema)
      const old = await withRuleFolder(from, (folder) => loadTriage(folder))
      const fresh = await withRuleFolder(to, (folder) => loadTriage(folder))
      const diff = diffTriage(cases, old.assess, fresh.assess)
      const named = { old: old.hash, new: fresh.hash, ...diff }
      host.terminal.out(
        json ? JSON.stringify(named) : `rules ${old.hash} → ${fresh.hash}\n${sayTriageDiff(diff)}`,
      )
      if (diff.alarms_lowered > 0) throw new Exit(exitCodes.failed)
    })
}
