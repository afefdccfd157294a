import type { Command } from 'commander'
import type { Check } from '../doctor/check.ts'
import { Exit, exitCodes, explain } from '../exit.ts'
import type { Host } from '../host.ts'
import { demoConfig, isSetUp, type Opened, open } from '../workspace.ts'

const marks = { ok: 'ok  ', warn: 'note', fail: 'FAIL' } as const

export function addDoctor(program: Command, host: Host): void {
  program
    .command('doctor')
    .description('Check configuration, database, content, helplines, staffing and channels; say what to do.')
    .option('--json', 'one JSON object on standard output')
    .option('--demo', "the demo's, not the organisation's")
    .action(async (options: { json?: boolean; demo?: boolean }) => {
      const checks = await examine(host, options.demo ?? false)
      const failed = checks.filter((check) => check.state === 'fail').length
      if (options.json) host.terminal.out(JSON.stringify({ checks, failed }))
      else {
        for (const { state, area, text, todo } of checks) {
          host.terminal.out(
            `${marks[state]}  ${area.padEnd(12)} ${text}${todo ? `\n      ${' '.repeat(13)}→ ${todo}` : ''}`,
          )
        }
        host.terminal.out(
          failed === 0 ? 'Nothing stands in the way.' : `${failed} to put right before anybody relies on it.`,
        )
      }
      if (failed > 0) throw new Exit(exitCodes.failed)
    })
}

async function examine(host: Host, demo: boolean): Promise<readonly Check[]> {
  const config = demo ? demoConfig(host.config(), 'demo') : host.config()
  const now = host.clock.now()
  const { checkChannels, checkConfig, checkDatabase } = await import('../doctor/state.ts')
  const { checkContent } = await import('../doctor/content.ts')
  const { checkHelplines } = await import('../doctor/helplines.ts')
  const { checkOrganisation } = await import('../doctor/organisation.ts')
  const { checkEscalation } = await import('../doctor/escalation.ts')
  const { checkSupportGroups } = await import('../doctor/support-groups.ts')
  const { checkModel } = await import('../doctor/model.ts')
  const { checkPlatforms } = await import('../../platform-checks.ts')
  const found = await openState(host, config, demo)
  const workspace = 'opened' in found ? found.workspace : undefined
  try {
    return [
      ...checkConfig(config, !demo),
      ...('opened' in found ? await checkDatabase(config, found.opened.state, workspace) : [found.check]),
      ...(await checkContent(config.contentDir, workspace, now)),
      ...(await checkHelplines(config.contentDir, workspace, now)),
      ...(await checkSupportGroups(config.contentDir, workspace)),
      ...('opened' in found && workspace
        ? checkOrganisation(
            workspace,
            await found.opened.state.store.staff(workspace.id),
            await found.opened.state.store.paused(workspace.id),
            now,
          )
        : []),
      ...(workspace ? checkEscalation(workspace, config.webhookSecret !== undefined, now) : []),
      ...checkChannels(config),
      ...(await checkPlatforms(config, host)),
      ...(await checkModel(config.model)),
    ]
  } finally {
    if ('opened' in found) await found.opened.close()
  }
}

type Found =
  | { readonly opened: Omit<Opened, 'workspace'>; readonly workspace: Opened['workspace'] | undefined }
  | { readonly check: Check }

async function openState(host: Host, config: Opened['config'], demo: boolean): Promise<Found> {
  const fail = (text: string, todo: string): Found => ({
    check: { area: 'database', state: 'fail', text, todo },
  })
  const first = demo ? 'Run "salus start --demo" once.' : 'Run "salus setup".'
  if (!isSetUp(config)) return fail('Nothing was set up here.', first)
  try {
    const opened = await open(host, config, { makeKey: false, hold: false })
    const { localWorkspace } = await import('../../open-state.ts')
    const workspace = await opened.state.store.workspace(localWorkspace)
    if (workspace) return { opened, workspace }
    await opened.close()
    return fail('The organisation was not set up.', first)
  } catch (error) {
    return fail(explain(error).line, 'See docs/errors.md for the code at its end.')
  }
}
