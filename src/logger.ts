import { pino } from 'pino'

/** Ids and codes: all that a log line may carry beside its event's name. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

/** A logger that cannot take a message's text: events are names from the code, fields are ids and codes. */
export interface Logger {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  /** `error` is reduced to its class, code and stack frames: messages of libraries may quote what they were given. */
  error(event: string, fields?: LogFields, error?: unknown): void
}

export function createLogger(
  level: 'silent' | 'error' | 'warn' | 'info' | 'debug',
  toStderr = false,
): Logger {
  const out = pino({ level, base: null }, pino.destination(toStderr ? 2 : 1))
  return {
    info: (event, fields = {}) => out.info({ event, ...fields }),
    warn: (event, fields = {}) => out.warn({ event, ...fields }),
    error: (event, fields = {}, error) => out.error({ event, ...fields, ...describe(error) }),
  }
}

/** Class, code and where: enough to find the fault, nothing of what a person wrote. */
function describe(error: unknown): LogFields {
  if (!(error instanceof Error)) return {}
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  return {
    error: error.name,
    ...(code ? { code } : {}),
    at: frames
      .slice(0, 6)
      .map((f) => f.trim())
      .join(' < '),
  }
}
