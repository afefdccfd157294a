import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { BenchReport } from '../../bench/report.ts'
import type { Host } from '../host.ts'
import { fileConfig } from '../workspace.ts'

interface BenchOptions {
  readonly turns: number
  readonly people: number
  readonly cases: string
  readonly corpus?: string
  readonly json?: boolean
}

export function addBench(program: Command, host: Host): void {
  program
    .command('bench')
    .description('Measure triage, answers, search and whole turns on this machine, beside other engines.')
    .addOption(new Option('--turns <n>', 'turns to run').argParser(count).default(10_000))
    .addOption(new Option('--people <n>', 'people who write at the same time').argParser(count).default(64))
    .option('--cases <file>', 'answer cases that judge the search', join('test', 'cases', 'answers-en.jsonl'))
    .option('--corpus <folder>', 'also search a collection in the layout of BEIR')
    .option('--json', 'one JSON object on standard output')
    .action(async (options: BenchOptions) => {
      const report = await bench(host, options)
      const { sayReport } = await import('../../bench/report.ts')
      host.terminal.out(options.json ? JSON.stringify(report) : sayReport(report))
    })
}

async function bench(host: Host, options: BenchOptions): Promise<BenchReport> {
  const { dataDir, contentDir } = host.config()
  const { terminal } = host
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  // Beside the real data, so that it is the disk of the real data that is measured.
  const folder = await mkdtemp(join(dataDir, 'bench-'))
  try {
    const { loadTriage } = await import('../../triage/load.ts')
    const { loadKnowledge } = await import('../../knowledge/load.ts')
    const { demoWorkspace } = await import('../../open-state.ts')
    const { conditions } = await import('../../bench/conditions.ts')
    const { comparePeers } = await import('../../bench/compare.ts')
    const { percentiles, perSecond, timeEach } = await import('../../bench/percentiles.ts')
    const triage = loadTriage(join(contentDir, 'triage'))
    const knowledge = await loadKnowledge(contentDir)
    const workspace = demoWorkspace('GB')
    const articles = knowledge.articles.filter((article) => article.locale === 'en')
    const asked = articles.flatMap((article) => article.questions)
    const now = host.clock.now()
    const context = { now, recent: [], fragments: [] }

    terminal.err('Triage …')
    const many = Array.from({ length: 10_000 }, (_, index) => asked[index % asked.length] ?? '')
    const triageTimes = timeEach(many, 3_000, (text) => triage.assess(text, context))

    terminal.err('Answers …')
    const answer = (text: string, locale: string) =>
      knowledge.answer({ text, locale, now, withholdQuantities: false }, workspace)
    const answerTimes = timeEach(many, 500, (text) => answer(text, 'en'))
    const compared = await comparePeers({
      articles,
      cases: options.cases,
      ...(options.corpus ? { corpus: options.corpus } : {}),
      assess: triage.assess,
      answer,
      now,
      tell: (what) => terminal.err(what),
    })

    terminal.err('Turns …')
    const config = fileConfig(host.config(), folder)
    const logger = host.logger(config)
    const state = await host.openState(config, logger, true)
    try {
      await state.store.saveWorkspace(workspace)
      const turns = await host.measureTurns({
        config,
        logger,
        state,
        workspace,
        texts: asked.filter((text) => triage.assess(text, context).level === 'routine'),
        turns: options.turns,
        people: options.people,
      })
      return {
        conditions: conditions(folder, {
          salus: host.version,
          articles: articles.length,
          ruleset: triage.hash,
        }),
        triage: percentiles(triageTimes),
        assessmentsPerSecond: perSecond(triageTimes),
        answer: percentiles(answerTimes),
        ...compared,
        turns,
      }
    } finally {
      await state.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function count(value: string): number {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('It is a whole number above 0.')
  return number
}
