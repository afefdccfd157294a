import { join } from 'node:path'
import type { Command } from 'commander'
import { AppError } from '../../core/errors.ts'
import { Exit, exitCodes } from '../exit.ts'
import type { Host } from '../host.ts'
import { isSetUp } from '../workspace.ts'

export function addMigrate(program: Command, host: Host): void {
  program
    .command('migrate')
    .description('Bring the database up to date, after a backup. "start" does it too, without one.')
    .option('--check', 'say what is pending and change nothing; exit 1 when something is')
    .option('--no-backup', 'write no backup first')
    .action(async (options: { check?: boolean; backup: boolean }) => {
      const config = host.config()
      if (!isSetUp(config))
        throw new AppError('CONFIG_INVALID', 'Salus is not set up here', 'Run "salus setup".')
      const { backUp, migrateNow, pendingIn } = await import('../../maintain.ts')
      const pending = await pendingIn(config, host)
      if (pending.length === 0) return host.terminal.out('The database is up to date.')
      if (options.check) throw new Exit(exitCodes.failed, `Pending: ${pending.join(', ')}.`)
      if (options.backup) {
        const at = new Date(host.clock.now()).toISOString().replace(/[:.]/g, '-')
        const folder = join(config.dataDir, 'backups', `before-migration-${at}`)
        await backUp(config, folder, host)
        host.terminal.out(`Backup in ${folder}: move its keys/ elsewhere and delete them within 7 days.`)
      }
      const ran = await migrateNow(config, host)
      host.terminal.out(`Ran: ${ran.join(', ')}.`)
    })
}
