import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js'
import type { SendOutcome } from '../../core/ports.ts'

type Unreachable = Extract<SendOutcome, { kind: 'unreachable' }>['reason']

/** Errors after which no later attempt will reach the person: https://docs.discord.com/developers/topics/opcodes-and-status-codes */
const gone: Readonly<Record<number, Unreachable>> = {
  10003: 'unknown_route',
  10008: 'unknown_route',
  10013: 'left',
  50001: 'left',
  50007: 'closed_direct',
  50009: 'blocked',
  50013: 'blocked',
  50278: 'closed_direct',
  160005: 'blocked',
}
/** Too many direct conversations opened at once. */
const openingTooFast = 40003
/** How long to wait when Discord does not say, ms. */
const unsaidMs = 1_000

/** What an error of a call means for what was being sent. */
export function outcomeOf(error: unknown): SendOutcome {
  if (error instanceof RateLimitError) return { kind: 'retry', afterMs: Math.max(1, error.retryAfter) }
  if (error instanceof DiscordAPIError) {
    if (Number(error.code) === openingTooFast) return { kind: 'retry', afterMs: 60_000 }
    const reason = gone[Number(error.code)]
    if (reason) return { kind: 'unreachable', reason }
    if (error.status === 401) return { kind: 'unreachable', reason: 'not_installed' }
    if (error.status === 404) return { kind: 'unreachable', reason: 'unknown_route' }
    if (error.status === 403) return { kind: 'unreachable', reason: 'blocked' }
    return { kind: 'retry', afterMs: unsaidMs }
  }
  if (error instanceof HTTPError && error.status < 500) return { kind: 'retry', afterMs: unsaidMs }
  // Asked, and no answer came: it may have arrived.
  return { kind: 'uncertain' }
}

/** Whether Discord answered with one of these codes. */
export function hasCode(error: unknown, ...codes: readonly number[]): boolean {
  return error instanceof DiscordAPIError && codes.includes(Number(error.code))
}

/** Whether Discord refused the body itself, as it does when it does not know a component. */
export function isBodyRefused(error: unknown): boolean {
  return hasCode(error, 50006, 50035)
}

/** Whether Discord answered with this HTTP status. */
export function hasStatus(error: unknown, status: number): boolean {
  return (error instanceof DiscordAPIError || error instanceof HTTPError) && error.status === status
}
