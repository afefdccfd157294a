import { DefaultRestOptions, type RESTOptions } from 'discord.js'

/** https://docs.discord.com/developers/topics/rate-limits#global-rate-limit */
const perSecond = 50
/** A second, and what calls may overtake each other by on their way, ms. */
const windowMs = 1_100

/**
 * Sends calls so that no second holds more than Discord allows. discord.js counts from one fixed second to the next,
 * and would send twice as many around the border of two.
 */
export function paced(
  now: () => number,
  sleep: (ms: number) => Promise<void>,
  send: RESTOptions['makeRequest'] = DefaultRestOptions.makeRequest,
): RESTOptions['makeRequest'] {
  /** When the last calls were let go, or will be. */
  const slots: number[] = []
  return async (url, init) => {
    const at = Math.max(now(), slots.length < perSecond ? 0 : (slots.shift() ?? 0) + windowMs)
    slots.push(at)
    const wait = at - now()
    if (wait > 0) await sleep(wait)
    return send(url, init)
  }
}
