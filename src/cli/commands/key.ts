import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { holdFolder } from '../hold-folder.ts'
import type { Host } from '../host.ts'

export function addKey(program: Command, host: Host): void {
  const key = program
    .command('key')
    .description('The master key that wraps all others. A lost key cannot be replaced.')
  key
    .command('create')
    .description('Make the key file before setup, or print a key for SALUS_MASTER_KEY.')
    .option('--print', 'print a new key and store nothing')
    .action(async (options: { print?: boolean }) => {
      const { createKeyFile, newMasterKey } = await import('../../maintain.ts')
      if (options.print) return host.terminal.out(newMasterKey(host.random))
      const path = await createKeyFile(host.config(), host.random)
      host.terminal.out(`Wrote ${path}. Keep a copy of it apart from the data and its backups.`)
    })
  key
    .command('rotate')
    .description('Put a new master key in place of the old. Texts stay as they are; stop Salus first.')
    .action(async () => {
      const config = host.config()
      const { rotateKeyFile } = await import('../../maintain.ts')
      const release =
        config.databaseUrl || !existsSync(config.dataDir) ? undefined : await holdFolder(config.dataDir)
      try {
        const count = await rotateKeyFile(config, host)
        host.terminal.out(`Rotated: ${count} workspace ${count === 1 ? 'key' : 'keys'} wrapped anew.`)
        host.terminal.out('Copy the new key file, and write a new backup: older ones need the old key.')
      } finally {
        await release?.()
      }
    })
}
