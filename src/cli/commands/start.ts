import { type Command, Option } from 'commander'
import { countryCode } from '../country.ts'
import type { Host } from '../host.ts'
import { openDemo, openExisting } from '../workspace.ts'

export function addStart(program: Command, host: Host): void {
  program
    .command('start')
    .description('Run the server: chat page, staff page, workers.')
    .option('--demo', 'a demo with its own data, settings and keys; prints a sign-in link for the staff page')
    .addOption(
      new Option('--country <code>', 'whose numbers the demo shows, such as GB').argParser(countryCode),
    )
    .action(async (options: { demo?: boolean; country?: string }) => {
      const { terminal } = host
      const interrupted = terminal.interrupted()
      const opened = options.demo
        ? await openDemo(host, 'demo', options.country)
        : await openExisting(host, { hold: true })
      try {
        const server = await host.serve({ ...opened, logger: host.logger(opened.config) })
        terminal.out(`Salus is running${options.demo ? ' as a demo' : ''}. Ctrl-C stops it.`)
        terminal.out(`  Chat page   ${server.url}/`)
        terminal.out(`  Staff page  ${server.staffLink ?? `${server.url}/staff`}`)
        if (server.staffLink) terminal.out('              (the link works once, for 15 minutes)')
        await interrupted
        await server.stop()
      } finally {
        await opened.close()
      }
    })
}
