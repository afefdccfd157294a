import type { Client } from './client.ts'
import type { SlackPlace } from './parse.ts'

/** People whose language is remembered. */
const remembered = 20_000
/** People waiting to be looked up at most; who comes later is looked up with a later message. */
const waitingLimit = 500
/** Between two lookups, ms: users.info is in tier 4, 100 a minute (https://docs.slack.dev/apis/web-api/rate-limits). */
const spacingMs = 600

export interface LocaleParts {
  readonly clientOf: (place: SlackPlace) => Promise<Client | undefined>
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  readonly report: (code: string, error?: unknown) => void
}

/** The language somebody chose in Slack. No message waits for it: the next one has it. */
export function createLocales({ clientOf, sleep, report }: LocaleParts) {
  const known = new Map<string, string | undefined>()
  const waiting: SlackPlace[] = []
  const stopping = new AbortController()
  let looking = false

  async function lookAll(): Promise<void> {
    looking = true
    for (let place = waiting.shift(); place && !stopping.signal.aborted; place = waiting.shift()) {
      try {
        const client = await clientOf(place)
        const found = await client?.users.info({ user: place.user, include_locale: true })
        known.set(idOf(place), found?.user?.locale)
      } catch (error) {
        report('slack_locale_failed', error)
      }
      await sleep(spacingMs, stopping.signal)
    }
    looking = false
  }

  return {
    of(place: SlackPlace): { readonly locale?: string } {
      const id = idOf(place)
      const locale = known.get(id)
      if (locale) return { locale }
      if (!known.has(id) && waiting.length < waitingLimit) {
        if (known.size >= remembered) known.clear()
        known.set(id, undefined)
        waiting.push(place)
        if (!looking) void lookAll()
      }
      return {}
    },
    stop: () => stopping.abort(),
  }
}

const idOf = ({ team, user }: SlackPlace) => `${team}:${user}`
