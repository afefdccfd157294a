import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import type { Host } from '../../src/cli/host.ts'
import { run } from '../../src/cli/salus.ts'
import { readConfig } from '../../src/config.ts'
import { converse } from '../../src/converse.ts'
import { createLogger } from '../../src/logger.ts'
import { measureTurns } from '../../src/measure-turns.ts'
import { openState } from '../../src/open-state.ts'
import { serve } from '../../src/serve.ts'
import { fixedClock, seededRandom } from '../world.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** A machine with a data folder of its own, on which commands run as from a shell, without a terminal. */
export interface Machine {
  readonly folder: string
  readonly clock: ReturnType<typeof fixedClock>
  run(args: readonly string[], input?: string): Promise<Ran>
  remove(): Promise<void>
}

export async function createMachine(
  contentDir = 'content',
  environment: Readonly<Record<string, string>> = {},
): Promise<Machine> {
  const folder = await mkdtemp(join(tmpdir(), 'salus-cli-'))
  const clock = fixedClock()
  const random = seededRandom(7)
  return {
    folder,
    clock,
    async run(args, input = '') {
      clock.advance(1_000)
      const written = { out: [] as string[], err: [] as string[] }
      const host: Host = {
        version: '0.0.0',
        clock,
        random,
        terminal: {
          out: (text) => {
            written.out.push(text)
          },
          err: (text) => {
            written.err.push(text)
          },
          interactive: false,
          input: Readable.from([Buffer.from(input)]),
          output: new Writable({ write: (_chunk, _encoding, done) => done() }),
          interrupted: async () => {},
        },
        config: () =>
          readConfig({
            SALUS_DATA_DIR: join(folder, 'data'),
            SALUS_CONTENT_DIR: contentDir,
            SALUS_PORT: '0',
            SALUS_LOG_LEVEL: 'silent',
            ...environment,
          }),
        logger: () => createLogger('silent'),
        openState: (config, logger, makeKey) => openState(config, { clock, random, logger, makeKey }),
        converse: (options) => converse({ ...options, clock, random }),
        serve: (options) => serve({ ...options, clock, random }),
        measureTurns: (options) => measureTurns({ ...options, clock, random }),
      }
      const code = await run(args, host)
      return { code, out: written.out.join('\n'), err: written.err.join('\n') }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Answers to `setup` that leave nothing for `doctor` to complain of but what a test changes. */
export const goodSetup = `
name: Riverside Clinic
locale: en
country: GB
minimumAge: 13
consentAge: 16
staffing: volunteers
staffCount: 2
hours:
  - { zone: Europe/London, days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" }
safeguardingLead: Sam Okafor
privacyLead: Jo Lind
privacyUrl: https://clinic.example/privacy
unreviewedAccepted: { by: Jo Lind, on: 2026-03-01 }
`
