import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Host } from '../host.ts'
import { openExisting } from '../workspace.ts'

interface GapOptions {
  readonly since: number
  readonly min: number
  readonly json?: boolean
  readonly demo?: boolean
}

const dayMs = 24 * 60 * 60_000
/** Questions that are read at most, the newest. */
const mostRead = 20_000

export function addContentGaps(content: Command, host: Host): void {
  content
    .command('gaps')
    .description(
      'What several people asked and no article answered: groups of words, never whole questions; routine questions only.',
    )
    .addOption(new Option('--since <days>', 'how many days back').argParser(whole).default(30))
    .addOption(
      new Option('--min <people>', 'fewest people who wrote a word that is shown')
        .argParser(whole)
        .default(3),
    )
    .option('--json', 'one JSON object on standard output')
    .option('--demo', "the demo's questions, not the organisation's")
    .action(async (options: GapOptions) => {
      const { gapsIn } = await import('../../knowledge/gaps.ts')
      const { createArticleSearch } = await import('../../knowledge/search.ts')
      const { loadKnowledge } = await import('../../knowledge/load.ts')
      const { redact } = await import('../../privacy/redact.ts')
      const opened = await openExisting(host, { demo: options.demo })
      try {
        const questions = await opened.state.store.unanswered(opened.workspace.id, {
          since: host.clock.now() - options.since * dayMs,
          limit: mostRead,
        })
        const gaps = gapsIn(
          questions.map(({ contact, text, reason }) => ({
            person: contact,
            text: redact(text).text,
            reason,
          })),
          { fewest: options.min },
        )
        const { articles } = await loadKnowledge(host.config().contentDir)
        const { search } = createArticleSearch(articles)
        const shown = gaps.map((gap) => ({
          ...gap,
          near: search(gap.words.join(' '), 2).map(({ article }) => article.id),
        }))
        if (options.json) {
          host.terminal.out(JSON.stringify({ questions: questions.length, gaps: shown }))
          return
        }
        host.terminal.out(
          `${questions.length} routine questions without an answer; ${shown.length} groups that ${options.min} people or more share.`,
        )
        for (const { people, questions: count, words, near } of shown)
          host.terminal.out(
            `${String(people).padStart(5)} people  ${String(count).padStart(5)} questions  ${words.join(', ')}${near.length > 0 ? `  (near: ${near.join(', ')})` : ''}`,
          )
      } finally {
        await opened.close()
      }
    })
}

function whole(value: string): number {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('It is a whole number above 0.')
  return number
}
