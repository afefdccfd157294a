import type { TurnFigures } from '../bench/turn-figures.ts'
import type { Config } from '../config.ts'
import type { Content } from '../content.ts'
import type { ConversationKey, StaffId } from '../core/ids.ts'
import type { Clock, Random } from '../core/ports.ts'
import type { RenderedPart } from '../core/reply.ts'
import type { Workspace } from '../core/workspace.ts'
import type { Logger } from '../logger.ts'
import type { State } from '../open-state.ts'
import type { Terminal } from './terminal.ts'

/** What the process gives to its commands. Everything heavy opens only when a command asks for it. */
export interface Host {
  readonly version: string
  readonly clock: Clock
  readonly random: Random
  readonly terminal: Terminal
  /** Reads the environment. Throws `CONFIG_INVALID`. */
  config(): Config
  logger(config: Config): Logger
  /** Opens database, keys, bus and spill file; `makeKey` for setup and the demo alone. */
  openState(config: Config, logger: Logger, makeKey: boolean): Promise<State>
  /** Runs a conversation at the terminal. */
  converse(options: ConverseOptions): Promise<Talk>
  /** Runs the server. */
  serve(options: ServeOptions): Promise<Served>
  /** Drives whole turns as fast as they go, for `bench`. */
  measureTurns(options: MeasureOptions): Promise<TurnFigures>
}

export interface ConverseOptions {
  readonly config: Config
  readonly logger: Logger
  readonly state: State
  readonly workspace: Workspace
  readonly write: (text: string, part?: RenderedPart) => void
  /** Workers, clocks and senders run until `stop`; else each line is run to its end when it is typed. */
  readonly live: boolean
}

export interface Talk {
  readonly conversation: ConversationKey
  /** Takes one line in. Resolves when it is durable; when not live, when everything it led to was said. */
  type(line: string): Promise<void>
  stop(): Promise<void>
}

export interface MeasureOptions {
  readonly config: Config
  readonly logger: Logger
  readonly state: State
  readonly workspace: Workspace
  /** What people write, taken in turn. */
  readonly texts: readonly string[]
  readonly turns: number
  readonly people: number
}

export interface ServeOptions {
  readonly config: Config
  readonly logger: Logger
  readonly state: State
  readonly workspace: Workspace
  /** Absent: read from the configured folder. */
  readonly content?: Content
}

export interface Served {
  /** Where members reach the chat page. */
  readonly url: string
  /** A one-time link that signs a staff member in; present in the demo. */
  readonly staffLink?: string
  /** A one-time link that signs this member in, within 15 minutes. */
  staffLinkFor(staff: StaffId): string
  stop(): Promise<void>
}
