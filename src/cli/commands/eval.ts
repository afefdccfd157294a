import { Argument, type Command, Option } from 'commander'
import { AppError } from '../../core/errors.ts'
import type { JsonValue } from '../../core/json.ts'
import { tasks } from '../eval-tasks.ts'
import type { Host } from '../host.ts'

export interface EvalOptions {
  readonly cases: string
  readonly query: 'text' | 'summary'
}

export function addEval(program: Command, host: Host): void {
  program
    .command('eval')
    .description('Measure on labelled cases. Exit 2 on bad input.')
    .addArgument(new Argument('<task>', 'what to measure').choices(Object.keys(tasks)))
    .requiredOption('--cases <path>', 'JSONL or JSONL.gz; for retrieval a BEIR folder')
    .addOption(
      new Option('--query <field>', 'retrieval: which words of a query are asked')
        .choices(['text', 'summary'])
        .default('text'),
    )
    .option('--json', 'one JSON object on standard output, and nothing else')
    .action(async (task: string, options: EvalOptions & { json?: boolean }) => {
      const measured = await tasks[task]?.(host, options)
      if (!measured) throw new AppError('USAGE', 'no such task')
      const { report, table } = measured
      host.terminal.out(options.json ? JSON.stringify(report) : (table ?? sayFigures(report)))
    })
}

/** Figures for a person: rates and counts; of long lists the length. */
function sayFigures(report: object, indent = ''): string {
  const entries = Object.entries(report) as [string, JsonValue][]
  return entries.map(([name, value]) => `${indent}${name}: ${sayValue(value, indent)}`).join('\n')
}

function sayValue(value: JsonValue, indent: string): string {
  if (Array.isArray(value)) return `${value.length} (see them with --json)`
  if (typeof value === 'object' && value !== null) return `\n${sayFigures(value, `${indent}  `)}`
  return typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(4) : String(value)
}
