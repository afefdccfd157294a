import { createHash } from 'node:crypto'
import { userInfo } from 'node:os'
import { createConsoleAdapter } from './adapters/console/adapter.ts'
import { createApp } from './app.ts'
import type { ConverseOptions, Talk } from './cli/host.ts'
import { asId, type ConversationKey } from './core/ids.ts'
import type { Clock, Random } from './core/ports.ts'
import { outageText } from './dialogs/outage.ts'

/** How long staff are looked for again after nobody had a page open, ms. */
const staffRetryMs = 5_000

/** Salus at a terminal: the whole path of a message, without a server. */
export async function converse(
  options: ConverseOptions & { readonly clock: Clock; readonly random: Random },
): Promise<Talk> {
  const { config, logger, state, workspace, clock, random } = options
  // Conversation keys stand in the clear: no name may be one.
  const account = createHash('sha256').update(userInfo().username).digest('hex').slice(0, 16)
  let terminal: ReturnType<typeof createConsoleAdapter> | undefined
  const app = await createApp({
    config,
    clock,
    random,
    logger,
    ...state,
    adapters: ({ kit }) => {
      terminal = createConsoleAdapter({
        workspace: workspace.id,
        account,
        clock,
        random,
        write: options.write,
        outage: (alarm) => outageText(kit, workspace, clock.now(), alarm),
      })
      return [terminal]
    },
    // Nobody has a staff page open at a terminal: alerts wait for a server on the same data, and nothing claims otherwise.
    toStaff: async () => ({ kind: 'retry', afterMs: staffRetryMs }),
  })
  const adapter = terminal
  if (!adapter) throw new Error('the console adapter was not made')
  if (options.live) await app.start()
  else await adapter.start(app.receive)
  return {
    conversation: asId<ConversationKey>(`console:${workspace.id}:${account}`),
    async type(line) {
      await adapter.type(line)
      if (!options.live) await app.settle()
    },
    async stop() {
      if (options.live) await app.stop()
    },
  }
}
