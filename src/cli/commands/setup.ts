import type { Command } from 'commander'
import type { z } from 'zod'
import { AppError } from '../../core/errors.ts'
import type { Host } from '../host.ts'
import type { Setup } from '../setup-file.ts'
import { open } from '../workspace.ts'

export function addSetup(program: Command, host: Host): void {
  program
    .command('setup')
    .description(
      'Set up the organisation: country, ages, staffing, leads, retention. Nothing starts without it.',
    )
    .option('--from <file>', 'read the answers from a YAML file instead of asking')
    .action(async (options: { from?: string }) => {
      const { terminal } = host
      if (!options.from && !terminal.interactive) {
        throw new AppError(
          'USAGE',
          'there is no terminal to ask at',
          'Use --from FILE; see docs/configuration.md.',
        )
      }
      const { setupFile, workspaceOf } = await import('../setup-file.ts')
      // Read before anything is made: a wrong file leaves nothing behind.
      const given = options.from
        ? await (await import('../read-yaml.ts')).readYaml(options.from, setupFile)
        : undefined
      const { localWorkspace } = await import('../../open-state.ts')
      const opened = await open(host, host.config(), { makeKey: true, hold: false })
      try {
        const { store } = opened.state
        const known = await store.workspace(localWorkspace)
        const setup = given ?? checked(setupFile.safeParse(await askAtTerminal(known)))
        await store.saveWorkspace(workspaceOf(setup, localWorkspace))
        await store.appendAudit({
          workspace: localWorkspace,
          at: host.clock.now(),
          actor: 'system',
          action: 'setup_saved',
          subject: localWorkspace,
          codes: {
            staffing: setup.staffing,
            country: setup.country,
            accepted: setup.unreviewedAccepted !== undefined,
          },
        })
      } finally {
        await opened.close()
      }
      terminal.out(
        `Saved. The master key is in ${opened.config.masterKey ? 'SALUS_MASTER_KEY' : opened.config.dataDir}: back it up apart from the data.`,
      )
      terminal.out('Next: "salus doctor" says what is missing, "salus start" runs it.')
    })
}

async function askAtTerminal(
  known: Parameters<typeof import('../ask-setup.ts').askSetup>[1],
): Promise<unknown> {
  const prompts = await import('@clack/prompts')
  const { askSetup } = await import('../ask-setup.ts')
  prompts.intro('Setting up Salus')
  const answers = await askSetup(prompts, known)
  prompts.outro('Thank you.')
  return answers
}

function checked(parsed: z.ZodSafeParseResult<Setup>): Setup {
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AppError('CONFIG_INVALID', `${issue?.path.join('.')}: ${issue?.message}`, 'Nothing was saved.')
}
