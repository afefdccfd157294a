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

/** What Slack tells of a person. */
interface About {
  readonly locale?: string | undefined
  readonly zone?: string | undefined
}

/** The language and time zone somebody chose in Slack. No message waits for them: the next one has them. */
export function createLocales({ clientOf, sleep, report }: LocaleParts) {
  const known = new Map<string, About>()
  const waiting: SlackPlace[] = []
  const stopping = new AbortController()
  let looking = false

  async function lookAll(): Promise<void> {
    looking = true
    for (let place = waiting.shift(); place && !stopping.signal.aborted; place = waiting.shift()) {
      try {
        const client = await clientOf(place)
        const found = await client?.users.info({ user: place.user, include_locale: true })
        known.set(idOf(place), { locale: found?.user?.locale, zone: found?.user?.tz })
      } catch (error) {
        report('slack_locale_failed', error)
      }
      await sleep(spacingMs, stopping.signal)
    }
    looking = false
  }

  function look(place: SlackPlace): About {
    const id = idOf(place)
    const about = known.get(id)
    if (about) return about
    if (waiting.length < waitingLimit) {
      if (known.size >= remembered) known.clear()
      known.set(id, {})
      waiting.push(place)
      if (!looking) void lookAll()
    }
    return {}
  }

  return {
    of(place: SlackPlace): { readonly locale?: string } {
      const { locale } = look(place)
      return locale ? { locale } : {}
    },
    /** The place, with the person's time zone where it is known. */
    placed(place: SlackPlace): SlackPlace {
      const { zone } = look(place)
      return zone ? { ...place, zone } : place
    },
    stop: () => stopping.abort(),
  }
}

const idOf = ({ team, user }: SlackPlace) => `${team}:${user}`
