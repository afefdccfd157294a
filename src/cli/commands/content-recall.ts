import type { Command } from 'commander'
import { AppError } from '../../core/errors.ts'
import { loadCatalogue } from '../../knowledge/catalogue.ts'
import type { Recall } from '../../knowledge/recall.ts'
import type { Host } from '../host.ts'
import { type Opened, openExisting } from '../workspace.ts'

interface RecallOptions {
  readonly locale: string
  readonly all?: boolean
  readonly send?: boolean
  readonly yes?: boolean
  readonly json?: boolean
  readonly demo?: boolean
}

export function addContentRecall(content: Command, host: Host): void {
  content
    .command('recall')
    .description(
      'Who was told words of an article that were corrected or withdrawn since, by pseudonym; --send tells each of them once.',
    )
    .argument('<article>', 'id of one article')
    .option('--all', 'also those whose words still stand')
    .option('--send', 'send each of them the text as it is now, privately')
    .option('--yes', 'do not ask')
    .option('--locale <locale>', 'language of the article', 'en')
    .option('--json', 'one JSON object on standard output')
    .option('--demo', "the demo's people, not the organisation's")
    .action(async (article: string, options: RecallOptions) => {
      if (!/^[a-z0-9-]+$/.test(article)) throw new AppError('USAGE', 'that is no id of an article')
      const opened = await openExisting(host, { demo: options.demo })
      try {
        await recall(host, opened, article, options)
      } finally {
        await opened.close()
      }
    })
}

async function recall(host: Host, opened: Opened, article: string, options: RecallOptions): Promise<void> {
  const { state, workspace } = opened
  const { loadKnowledge } = await import('../../knowledge/load.ts')
  const { recallOf } = await import('../../knowledge/recall.ts')
  const { contentDir } = host.config()
  const { articles } = await loadKnowledge(contentDir)
  const current = articles.find(({ id, locale }) => id === article && locale === options.locale)
  const found = recallOf(
    article,
    current,
    await state.store.told(workspace.id, article),
    options.all ?? false,
  )
  const say = (line: string) => (options.json ? host.terminal.err(line) : host.terminal.out(line))
  say(
    `${found.people.length} told of words that ${found.withdrawn ? 'were withdrawn' : options.all ? 'may have changed' : 'changed since'}.`,
  )
  for (const { told, passages } of found.people)
    say(
      `${new Date(told.at).toISOString().slice(0, 10)}  ${told.pseudonym.padEnd(20)}  ${passages.join(', ')}`,
    )
  const title =
    current?.title ??
    (await loadCatalogue(`${contentDir}/catalogue.yaml`)).find(({ id }) => id === article)?.title ??
    article.replaceAll('-', ' ')
  const sent = options.send && (await agreed(host, options)) ? await send(host, opened, found, title) : 0
  if (options.send) say(`${sent} will be told, ${found.people.length - sent} were told of this already.`)
  if (options.json) {
    const people = found.people.map(({ told, passages }) => ({
      pseudonym: told.pseudonym,
      at: new Date(told.at).toISOString(),
      passages,
    }))
    host.terminal.out(JSON.stringify({ ...found, title, people, sent }))
  }
}

/** One inbox row for each person and version of the article: sent again, it is a duplicate. */
async function send(host: Host, { state, workspace }: Opened, found: Recall, title: string): Promise<number> {
  const { recallClock } = await import('../../dialogs/recall.ts')
  const now = host.clock.now()
  let sent = 0
  for (const { told, passages } of found.people) {
    const { article, version } = found
    const queued = await state.store.enqueue({
      key: `recall/${article}/${version}/${told.contact}`,
      conversation: told.conversation,
      payload: {
        kind: 'clock_due',
        clock: recallClock,
        data: { article, title, at: told.at, passages },
      },
      level: 'routine',
      at: now,
    })
    if (queued) sent++
  }
  await state.store.appendAudit({
    workspace: workspace.id,
    at: now,
    actor: 'system',
    action: 'content_recalled',
    subject: found.article,
    codes: { version: found.version, people: sent },
  })
  return sent
}

async function agreed(host: Host, { yes }: RecallOptions): Promise<boolean> {
  if (yes) return true
  if (!host.terminal.interactive) throw new AppError('USAGE', 'sending needs --yes where nobody can be asked')
  const { confirm } = await import('@clack/prompts')
  const answer = await confirm({ message: 'Send each of them the text as it is now?', initialValue: false })
  return answer === true
}
