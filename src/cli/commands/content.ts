import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { AppError } from '../../core/errors.ts'
import type { Article } from '../../knowledge/article.ts'
import { Exit, exitCodes } from '../exit.ts'
import type { Host } from '../host.ts'
import { addContentGaps } from './content-gaps.ts'
import { addContentImport } from './content-import.ts'
import { addContentRecall } from './content-recall.ts'

interface ApproveOptions {
  readonly by: string
  readonly profession?: string
  readonly organisation?: string
  readonly expires?: string
  readonly locale: string
  readonly shown?: string
}

export function addContent(program: Command, host: Host): void {
  const content = program
    .command('content')
    .description('Articles and corrections: check, list, approve, count.')
  content
    .command('lint')
    .description(
      'Check every article, correction and support group; exit 1 when something must be put right.',
    )
    .option('--json', 'one JSON object on standard output')
    .action(async (options: { json?: boolean }) => {
      const { lintContent } = await import('../../knowledge/lint.ts')
      const { sayFinding } = await import('../../knowledge/finding.ts')
      const { contentDir } = host.config()
      const findings = [
        ...(await lintContent(contentDir, host.clock.now())),
        ...(await lintGroups(contentDir, host.clock.now())),
      ]
      const { principleOf } = await import('../../knowledge/principles.ts')
      if (options.json)
        host.terminal.out(
          JSON.stringify({
            findings: findings.map((finding) => ({ ...finding, principle: principleOf(finding.check) })),
          }),
        )
      else for (const finding of findings) host.terminal.out(sayFinding(finding))
      if (findings.length > 0) throw new Exit(exitCodes.failed, `${findings.length} to put right.`)
      if (!options.json) host.terminal.out('Nothing to put right.')
    })
  content
    .command('list')
    .description('Every article, where its vetting stands, and when it is due.')
    .option('--json', 'one JSON object on standard output')
    .action(async (options: { json?: boolean }) => {
      const { articles, approvals } = await load(host)
      const { listContent } = await import('../../knowledge/report.ts')
      const lines = listContent(articles, approvals, host.clock.now())
      if (options.json) return host.terminal.out(JSON.stringify({ articles: lines }))
      for (const { id, locale, state, reviewDue, title } of lines) {
        host.terminal.out(`${locale}  ${state.padEnd(10)}  due ${reviewDue}  ${id.padEnd(28)}  ${title}`)
      }
    })
  content
    .command('report')
    .description(
      'Counts: articles, corrections, support groups, passages, facts, sources, reading grades, reviews.',
    )
    .option('--json', 'one JSON object on standard output')
    .action(async (options: { json?: boolean }) => {
      const { articles, approvals } = await load(host)
      const { reportContent } = await import('../../knowledge/report.ts')
      const { loadMyths } = await import('../../knowledge/myth.ts')
      const myths = await loadMyths(join(host.config().contentDir, 'myths'))
      const report = {
        ...reportContent(articles, myths, approvals, host.clock.now()),
        ...(await countGroups(host.config().contentDir, articles)),
      }
      host.terminal.out(options.json ? JSON.stringify(report) : JSON.stringify(report, null, 2))
    })
  content
    .command('approve')
    .description(
      'Record one review of one article. Without --profession it is a check against the sources by somebody who is not a clinician. The article is shown whole first.',
    )
    .argument('<article>', 'id of one article')
    .requiredOption('--by <name>', 'who read it')
    .option('--profession <profession>', 'their profession: then it is a clinical review')
    .option('--organisation <name>', 'for whom they reviewed it; needed with --profession')
    .option(
      '--expires <date>',
      'until when the review holds (YYYY-MM-DD); default: when the article falls due',
    )
    .option('--locale <locale>', 'language of the article', 'en')
    .option('--shown <hash>', 'where nobody can be asked: the hash that was printed below the article')
    .action((id: string, options: ApproveOptions) => approve(host, id, options))
  addContentImport(content, host)
  addContentGaps(content, host)
  addContentRecall(content, host)
}

async function lintGroups(contentDir: string, now: number) {
  const { loadArticles } = await import('../../knowledge/load.ts')
  const { knownTopics } = await import('../../content.ts')
  const { lintSupportGroups } = await import('../../dialogs/lint-support-groups.ts')
  // An article that cannot be read is a finding already; its topic stands in the catalogue.
  const articles = await loadArticles(join(contentDir, 'articles')).catch(() => [])
  const known = await knownTopics(contentDir, { articles })
  return lintSupportGroups(join(contentDir, 'support-groups'), known, now)
}

/** How many support groups there are, and for which countries (`*`: everywhere). */
async function countGroups(contentDir: string, articles: readonly Article[]) {
  const { knownTopics } = await import('../../content.ts')
  const { loadSupportGroups } = await import('../../dialogs/support-groups.ts')
  const known = await knownTopics(contentDir, { articles })
  const { all } = await loadSupportGroups(join(contentDir, 'support-groups'), known)
  const supportGroupsByCountry: Record<string, number> = {}
  for (const { country } of all) supportGroupsByCountry[country] = (supportGroupsByCountry[country] ?? 0) + 1
  return { supportGroups: all.length, supportGroupsByCountry }
}

async function load(host: Host) {
  const { loadKnowledge } = await import('../../knowledge/load.ts')
  return loadKnowledge(host.config().contentDir)
}

async function approve(host: Host, id: string, options: ApproveOptions): Promise<void> {
  const { articles } = await load(host)
  const article = articles.find((one) => one.id === id && one.locale === options.locale)
  if (!article) throw new AppError('NOT_FOUND', 'there is no such article', 'See "salus content list".')
  if (options.profession && !options.organisation) {
    throw new AppError('USAGE', 'a clinical review needs --organisation')
  }
  if (!(await agreed(host, article, options))) return
  const { recordReview } = await import('../../knowledge/record-review.ts')
  const date = new Date(host.clock.now()).toISOString().slice(0, 10)
  const { by, profession, organisation } = options
  await recordReview(
    join(host.config().contentDir, 'approvals.yaml'),
    article,
    profession && organisation
      ? {
          kind: 'reviewed',
          reviewer: by,
          profession,
          organisation,
          date,
          expires: options.expires ?? article.reviewDue,
        }
      : { kind: 'checked', by, date },
    options.shown ?? article.hash,
  )
  host.terminal.out(`Recorded for ${article.id}. Any edit of the article voids it.`)
}

/** Shows the article whole, then asks; where nobody can be asked, the hash shows that somebody saw it. */
async function agreed(host: Host, article: Article, options: ApproveOptions): Promise<boolean> {
  const { terminal } = host
  if (options.shown) return true
  terminal.out(await readFile(article.file, 'utf8'))
  if (!terminal.interactive) {
    terminal.out(`Not recorded yet. Once it was read whole, run this again with --shown ${article.hash}`)
    return false
  }
  const { confirm } = await import('@clack/prompts')
  const who = options.profession ? `${options.by}, ${options.profession},` : options.by
  return (
    (await confirm({ message: `Has ${who} read all of this and found it right?`, initialValue: false })) ===
    true
  )
}
