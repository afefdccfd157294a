import { type Command, Option } from 'commander'
import { AppError } from '../../core/errors.ts'
import type { StaffId } from '../../core/ids.ts'
import { countryCode } from '../country.ts'
import type { Host } from '../host.ts'
import { type Opened, openDemo, openExisting } from '../workspace.ts'

export function addStart(program: Command, host: Host): void {
  program
    .command('start')
    .description('Run the server: chat page, staff page, workers.')
    .option('--demo', 'a demo with its own data, settings and keys; prints a sign-in link for the staff page')
    .addOption(
      new Option('--country <code>', 'whose numbers the demo shows, such as GB').argParser(countryCode),
    )
    .option('--sign-in <id>', 'print a one-time sign-in link for this staff member ("staff list" shows ids)')
    .action(async (options: { demo?: boolean; country?: string; signIn?: string }) => {
      const { terminal } = host
      const interrupted = terminal.interrupted()
      const opened = options.demo
        ? await openDemo(host, 'demo', options.country)
        : await openExisting(host, { hold: true })
      try {
        const member = options.signIn ? await findMember(opened, options.signIn) : undefined
        const server = await host.serve({ ...opened, logger: host.logger(opened.config) })
        terminal.out(`Salus is running${options.demo ? ' as a demo' : ''}. Ctrl-C stops it.`)
        terminal.out(`  Chat page   ${server.url}/`)
        const link = member ? server.staffLinkFor(member) : server.staffLink
        terminal.out(`  Staff page  ${link ?? `${server.url}/staff`}`)
        if (link) terminal.out('              (the link works once, for 15 minutes)')
        await interrupted
        await server.stop()
      } finally {
        await opened.close()
      }
    })
}

async function findMember({ state, workspace }: Opened, id: string): Promise<StaffId> {
  const member = (await state.store.staff(workspace.id)).find((one) => one.id === id && one.active)
  if (member) return member.id
  throw new AppError('NOT_FOUND', 'no active staff member has this id', 'See "salus staff list".')
}
