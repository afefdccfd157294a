import { existsSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { AppError } from '../../core/errors.ts'
import { holdFolder } from '../hold-folder.ts'
import type { Host } from '../host.ts'
import { isSetUp } from '../workspace.ts'

export function addBackup(program: Command, host: Host): void {
  program
    .command('backup')
    .description('Write a backup into a new folder: data/ and keys/ apart. Salus may be running.')
    .argument('<folder>', 'a folder that is new or empty')
    .action(async (given: string) => {
      const config = host.config()
      if (!isSetUp(config))
        throw new AppError('CONFIG_INVALID', 'Salus is not set up here', 'Run "salus setup".')
      const folder = resolve(given)
      if (existsSync(folder) && readdirSync(folder).length > 0) {
        throw new AppError(
          'USAGE',
          `${folder}: the folder is not empty`,
          'A backup never overwrites another.',
        )
      }
      const { backUp } = await import('../../maintain.ts')
      const rows = await backUp(config, folder, host)
      host.terminal.out(`Wrote ${rows.data} rows of data and ${rows.keys} keys to ${folder}.`)
      host.terminal.out(
        'Keep keys/ elsewhere, and delete it within 7 days: after that, what was erased is erased everywhere.',
      )
      host.terminal.out('The master key is in neither: keep its own copy, or nothing can be read again.')
    })
}

export function addRestore(program: Command, host: Host): void {
  program
    .command('restore')
    .description('Fill an empty database from a backup, with the master key already in place.')
    .argument('<folder>', 'the folder that "backup" wrote')
    .option('--keys <file>', 'the file of keys, where it is kept elsewhere')
    .action(async (folder: string, options: { keys?: string }) => {
      const config = host.config()
      const { restoreFrom } = await import('../../maintain.ts')
      const release =
        config.databaseUrl || !existsSync(config.dataDir) ? undefined : await holdFolder(config.dataDir)
      try {
        const rows = await restoreFrom(config, resolve(folder), options.keys && resolve(options.keys), host)
        host.terminal.out(
          `Restored ${rows.data} rows and ${rows.keys} keys. ${rows.erased} people had been erased since and stay so.`,
        )
        host.terminal.out('What was on its way when the backup was written is not sent again.')
      } finally {
        await release?.()
      }
    })
}
