import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Argument, type Command } from 'commander'
import { AppError } from '../../core/errors.ts'
import { type ImportForm, importForms } from '../../knowledge/import/record.ts'
import { Exit, exitCodes } from '../exit.ts'
import type { Host } from '../host.ts'

/** A line of progress for each so many records where nobody watches. */
const tellEvery = 100

export function addContentImport(content: Command, host: Host): void {
  content
    .command('import')
    .description(
      "Bring an organisation's own corpus in as articles that await review. Run again, it goes on where it stopped; exit 1 when records were skipped.",
    )
    .addArgument(new Argument('<form>', 'what it is').choices(importForms))
    .argument('<path>', 'an XML file of MedlinePlus, a folder of MedQuAD, or a folder of Markdown')
    .option('--out <folder>', 'where articles go; default: the content folder')
    .option('--json', 'one JSON object on standard output')
    .action(async (form: ImportForm, path: string, options: { out?: string; json?: boolean }) => {
      const { terminal, clock } = host
      await mustBe(form === 'medlineplus' ? 'file' : 'folder', path)
      const { importCorpus } = await import('../../knowledge/import/import-corpus.ts')
      const out = options.out ?? join(host.config().contentDir, 'articles')
      let told = 0
      const report = await importCorpus(form, path, out, clock.now(), ({ records, share }) => {
        if (records - told < tellEvery) return
        told = records
        terminal.err(`${records} records, ${Math.floor(share * 100)} %`)
      })
      for (const { file, line, what } of report.skipped) terminal.err(`${file}:${line}: ${what}`)
      const { written, updated, unchanged, leftOut, skipped } = report
      terminal.out(
        options.json
          ? JSON.stringify(report)
          : `${written} written, ${updated} brought up to date, ${unchanged} there already, ${leftOut} in other languages left out, ${skipped.length} skipped. They are sourced and reviewed by nobody: see "salus content list".`,
      )
      if (skipped.length > 0) throw new Exit(exitCodes.failed, `${skipped.length} skipped.`)
    })
}

async function mustBe(kind: 'file' | 'folder', path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  const right = kind === 'file' ? found?.isFile() : found?.isDirectory()
  if (!right) throw new AppError('USAGE', `${path}: no such ${kind}`)
}
