import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { AppError } from '../../core/errors.ts'
import { asId, type ContactId } from '../../core/ids.ts'
import type { Host } from '../host.ts'
import { type Opened, openExisting } from '../workspace.ts'

interface DataOptions {
  readonly contact: string
  readonly demo?: boolean
}

export function addData(program: Command, host: Host): void {
  const data = program.command('data').description("One person's data: export or erase it.")
  data
    .command('export')
    .description('Write everything held about a person as JSON.')
    .requiredOption('--contact <id>', 'contact id, or the pseudonym that staff see, such as "Teal Heron"')
    .option('--out <file>', 'a file of your own instead of standard output')
    .option('--demo', "the demo's, not the organisation's")
    .action((options: DataOptions & { out?: string }) =>
      during(host, options, async (opened, contact) => {
        const text = JSON.stringify(await opened.state.store.exportContact(contact), null, 2)
        await record(host, opened, 'data_exported', contact)
        if (!options.out) return host.terminal.out(text)
        await writeFile(options.out, `${text}\n`, { mode: 0o600, flag: 'wx' }).catch(refuse)
        host.terminal.out('Exported.')
      }),
    )
  data
    .command('erase')
    .description('Erase a person: rows and key. Backups of the key expire later; the date is printed.')
    .requiredOption('--contact <id>', 'contact id, or the pseudonym that staff see, such as "Teal Heron"')
    .option('--yes', 'do not ask')
    .option('--demo', "the demo's, not the organisation's")
    .action((options: DataOptions & { yes?: boolean }) =>
      during(host, options, async (opened, contact) => {
        if (!options.yes) await confirm(host)
        const { removed, keyBackupsExpireAt } = await opened.state.store.eraseContact(
          contact,
          host.clock.now(),
        )
        if (removed.pending) {
          host.terminal.out(
            'An alarm of theirs is still open: they are erased once it is answered and delivered.',
          )
          return
        }
        const date = new Date(keyBackupsExpireAt).toISOString().slice(0, 10)
        host.terminal.out(`Erased: ${counts(removed)}.`)
        host.terminal.out(
          `Backups of the key expire by ${date}; from then on nothing of it can be read anywhere.`,
        )
      }),
    )
}

function counts(removed: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(removed).filter(([, count]) => count !== 0)
  return entries.map(([what, count]) => `${count} ${what}`).join(', ') || 'nothing was held'
}

async function during(
  host: Host,
  options: DataOptions,
  work: (opened: Opened, contact: ContactId) => Promise<void>,
): Promise<void> {
  const opened = await openExisting(host, { demo: options.demo })
  try {
    await work(opened, await find(opened, options.contact))
  } finally {
    await opened.close()
  }
}

/** By id, or by the pseudonym of somebody who has or had a case. */
async function find({ state, workspace }: Opened, given: string): Promise<ContactId> {
  const known = await state.store.contacts(workspace.id)
  const byId = known.find((id) => id === asId<ContactId>(given))
  if (byId) return byId
  const wanted = given.toLowerCase()
  const cases = await state.store.cases(workspace.id)
  const byName = new Set(
    cases.filter((one) => one.pseudonym.toLowerCase() === wanted).map((one) => one.contactId),
  )
  const [only, another] = [...byName]
  if (only && !another) return only
  throw another
    ? new AppError('NOT_FOUND', 'two people have this pseudonym', 'Use the contact id.')
    : new AppError(
        'NOT_FOUND',
        'there is no such contact',
        'Staff see the pseudonym in the case; the id works too.',
      )
}

function record(host: Host, { state, workspace }: Opened, action: string, contact: ContactId): Promise<void> {
  return state.store.appendAudit({
    workspace: workspace.id,
    at: host.clock.now(),
    actor: 'system',
    action,
    subject: contact,
    codes: {},
  })
}

function refuse(error: NodeJS.ErrnoException): never {
  const what =
    error.code === 'EEXIST' ? 'the file exists already' : `the file cannot be written (${error.code})`
  throw new AppError('USAGE', what, 'Name another one with --out.')
}

async function confirm(host: Host): Promise<void> {
  if (!host.terminal.interactive) throw new AppError('USAGE', 'erasing needs --yes where nobody can be asked')
  const { confirm: ask } = await import('@clack/prompts')
  if (
    (await ask({
      message: 'Erase everything about this person? This cannot be undone.',
      initialValue: false,
    })) !== true
  ) {
    throw new AppError('USAGE', 'nothing was erased')
  }
}
