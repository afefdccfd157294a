import { Argument, type Command } from 'commander'
import type { PauseTarget } from '../../core/ports.ts'
import type { Host } from '../host.ts'
import { openExisting } from '../workspace.ts'

const targets = ['answers', 'campaigns', 'relay'] as const satisfies PauseTarget[]

export function addPause(program: Command, host: Host): void {
  program
    .command('pause')
    .description('Pause a function at once, in every running process. Triage and helplines cannot be paused.')
    .addArgument(new Argument('<target>', 'what to pause').choices(targets))
    .option('--off', 'let it run again')
    .option('--demo', "the demo's, not the organisation's")
    .action(async (target: PauseTarget, options: { off?: boolean; demo?: boolean }) => {
      const { state, workspace, close } = await openExisting(host, options)
      try {
        await state.store.pause(workspace.id, target, !options.off, 'cli', host.clock.now())
        const paused = [...(await state.store.paused(workspace.id))].sort()
        host.terminal.out(`Paused: ${paused.join(', ') || 'nothing'}.`)
      } finally {
        await close()
      }
    })
}
