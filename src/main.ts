import { run } from './cli/salus.ts'
import { processTerminal } from './cli/terminal.ts'
import { readConfig } from './config.ts'
import { createLogger } from './logger.ts'
import { systemClock, systemRandom } from './system.ts'
import { version } from './version.ts'

// Databases, keys and exports are for this account alone, whatever the shell's own mask.
process.umask(0o077)

/** The process: the machine's clock and randomness, handed to the command that was asked for. */
const code = await run(process.argv.slice(2), {
  version,
  clock: systemClock,
  random: systemRandom,
  terminal: processTerminal(),
  config: () => readConfig(),
  // Standard output belongs to what a command prints.
  logger: (config) => createLogger(config.logLevel, true),
  async openState(config, logger, makeKey) {
    const { openState } = await import('./open-state.ts')
    return openState(config, { clock: systemClock, random: systemRandom, logger, makeKey })
  },
  async converse(options) {
    const { converse } = await import('./converse.ts')
    return converse({ ...options, clock: systemClock, random: systemRandom })
  },
  async serve(options) {
    const { serve } = await import('./serve.ts')
    return serve({ ...options, clock: systemClock, random: systemRandom })
  },
  async measureTurns(options) {
    const { measureTurns } = await import('./measure-turns.ts')
    return measureTurns({ ...options, clock: systemClock, random: systemRandom })
  },
})
process.exitCode = code
