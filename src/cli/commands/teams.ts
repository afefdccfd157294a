import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Host } from '../host.ts'
import { openExisting } from '../workspace.ts'

export function addTeams(program: Command, host: Host): void {
  const teams = program
    .command('teams')
    .description('Microsoft Teams: the app that an administrator uploads.')
  teams
    .command('package')
    .description('Write the app for Teams as a zip file: manifest and icons.')
    .option('--out <file>', 'where to write it', 'salus-teams.zip')
    .option(
      '--read-rooms',
      'also ask owners for messages that do not mention Salus: safety watch, staff threads',
    )
    .option('--demo', "the demo's, not the organisation's")
    .action(async (options: { out: string; demo?: boolean; readRooms?: boolean }) => {
      const opened = await openExisting(host, { demo: options.demo })
      try {
        const { teamsPackage } = await import('../../teams-package.ts')
        await writeFile(
          options.out,
          teamsPackage(opened.config, opened.workspace, { readsRooms: options.readRooms === true }),
        )
      } finally {
        await opened.close()
      }
      host.terminal.out(`Wrote ${options.out}. Upload it in the Teams admin centre: docs/channels.md.`)
    })
}
