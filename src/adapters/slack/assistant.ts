import type { ChannelHost } from '../../core/channel-host.ts'
import type { SlackPlace } from './parse.ts'
import type { ClientOf } from './sending.ts'

/** Slack takes the status away when an answer comes; where a person has the conversation none does, ms. */
const shownMs = 20_000
/** Shown at the same time at most: in a crowd nobody needs it. */
const mostShown = 50

/** "Salus is looking…" in the assistant panel while an answer is on its way. */
export function createStatus(parts: {
  readonly clientOf: ClientOf
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  readonly say: ChannelHost['say']
}) {
  const stopping = new AbortController()
  let shown = 0

  async function set(place: SlackPlace, status: string): Promise<void> {
    const client = await parts.clientOf(place)
    if (!place.thread) return
    await client?.assistant.threads.setStatus({ channel_id: place.channel, thread_ts: place.thread, status })
  }

  return {
    looking(place: SlackPlace): void {
      if (!place.channel.startsWith('D') || !place.thread || shown >= mostShown) return
      shown += 1
      // A thread outside the panel has no status, and nothing depends on one.
      void set(place, parts.say('channel.slack.status'))
        .then(() => parts.sleep(shownMs, stopping.signal))
        .then(() => set(place, ''))
        .catch(() => {})
        .finally(() => {
          shown -= 1
        })
    },
    stop: () => stopping.abort(),
  }
}
