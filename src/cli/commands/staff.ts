import { type Command, Option } from 'commander'
import { AppError } from '../../core/errors.ts'
import { asId, type StaffId } from '../../core/ids.ts'
import type { StaffMember } from '../../core/ports.ts'
import type { Host } from '../host.ts'
import { type Opened, openExisting } from '../workspace.ts'

const roles = [
  'volunteer',
  'clinician',
  'safeguarding_lead',
  'privacy_lead',
  'editor',
  'admin',
] as const satisfies StaffMember['role'][]

interface AddOptions {
  readonly name: string
  readonly role: StaffMember['role']
  readonly profession?: string
  readonly registration?: string
  readonly demo?: boolean
}

export function addStaff(program: Command, host: Host): void {
  const staff = program.command('staff').description('The people who answer: add, remove, link, list.')
  staff
    .command('add')
    .description('Add a staff member. People see the name for work and the role.')
    .requiredOption('--name <name>', 'name for work, as people see it: "Ana"')
    .addOption(new Option('--role <role>', 'what they may do').choices(roles).default('volunteer'))
    .option('--profession <profession>', 'recorded profession; required for clinicians')
    .option(
      '--registration <number>',
      'their registration with the professional body; required for clinicians',
    )
    .option('--demo', "the demo's, not the organisation's")
    .action((options: AddOptions) => during(host, options, (opened) => add(host, opened, options)))
  staff
    .command('remove')
    .description('A staff member no longer works here: they can claim and answer nothing.')
    .argument('<id>', 'as "staff list" shows it')
    .option('--demo', "the demo's, not the organisation's")
    .action((id: string, options: { demo?: boolean }) =>
      during(host, options, async ({ state, workspace }) => {
        const member = await activeMember({ state, workspace }, id)
        await state.store.saveStaff({ ...member, active: false })
        await record(host, { state, workspace }, 'staff_removed', member)
        host.terminal.out(`Removed ${member.id}.`)
      }),
    )
  staff
    .command('link')
    .description('Print a one-time code that makes a platform account theirs, within 10 minutes.')
    .argument('<id>', 'as "staff list" shows it')
    .option('--demo', "the demo's, not the organisation's")
    .action((id: string, options: { demo?: boolean }) =>
      during(host, options, async (opened) => {
        const { state } = opened
        const member = await activeMember(opened, id)
        const { makeLinkCode } = await import('../../staff-accounts.ts')
        const code = await makeLinkCode({ ...host, store: state.store }, member)
        await record(host, opened, 'staff_code_made', member)
        host.terminal.out(code)
        host.terminal.out(`For ${member.name} alone: "link ${code}" in their private chat with Salus.`)
      }),
    )
  staff
    .command('list')
    .description('List staff members.')
    .option('--json', 'one JSON object on standard output')
    .option('--demo', "the demo's, not the organisation's")
    .action((options: { json?: boolean; demo?: boolean }) =>
      during(host, options, async ({ state, workspace }) => {
        const members = await state.store.staff(workspace.id)
        if (options.json) return host.terminal.out(JSON.stringify({ staff: members }))
        for (const { id, name, role, profession, active } of members) {
          const about = [role, ...(profession ? [profession] : []), ...(active ? [] : ['removed'])].join(', ')
          host.terminal.out(`${id}  ${name} (${about})`)
        }
        if (members.length === 0) host.terminal.out('Nobody yet: "salus staff add --name Ana".')
      }),
    )
}

async function add(host: Host, { state, workspace }: Opened, options: AddOptions): Promise<void> {
  const { name, role, profession, registration } = options
  if (role === 'clinician' && !(profession && registration)) {
    throw new AppError(
      'USAGE',
      'a clinician needs --profession and --registration',
      'Without both, people are told "volunteer, not a clinician".',
    )
  }
  const member: StaffMember = {
    id: asId<StaffId>(host.random.id()),
    workspace: workspace.id,
    name,
    role,
    active: true,
    ...(profession ? { profession } : {}),
    ...(registration ? { registration } : {}),
  }
  await state.store.saveStaff(member)
  await record(host, { state, workspace }, 'staff_added', member)
  host.terminal.out(`Added ${member.id}.`)
}

/** @throws AppError NOT_FOUND. */
async function activeMember(
  { state, workspace }: Pick<Opened, 'state' | 'workspace'>,
  id: string,
): Promise<StaffMember> {
  const member = (await state.store.staff(workspace.id)).find((one) => one.id === id && one.active)
  if (member) return member
  throw new AppError('NOT_FOUND', 'no active staff member has this id', 'See "salus staff list".')
}

function record(
  host: Host,
  { state, workspace }: Pick<Opened, 'state' | 'workspace'>,
  action: string,
  member: StaffMember,
): Promise<void> {
  return state.store.appendAudit({
    workspace: workspace.id,
    at: host.clock.now(),
    actor: 'system',
    action,
    subject: member.id,
    codes: { role: member.role },
  })
}

async function during(
  host: Host,
  options: { readonly demo?: boolean },
  work: (opened: Opened) => Promise<void>,
): Promise<void> {
  const opened = await openExisting(host, { demo: options.demo })
  try {
    await work(opened)
  } finally {
    await opened.close()
  }
}
