import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { type Assess, isAlarm } from '../core/assessment.ts'

/** More than this in a minute and the page asks for patience; what was written is taken in all the same. */
const calm = { session: 20, address: 240 }
/** Ten times as much is no person: what is no alarm is refused from there on. */
const flood = { session: 200, address: 2_400 }
const minute = 60
/** Sessions over the limit whose last words are remembered, so that danger spread over messages is still seen. */
const rememberedSessions = 500
const fragmentLimit = 12

export type Pace =
  | { readonly kind: 'calm' }
  | { readonly kind: 'fast'; readonly waitSeconds: number }
  | { readonly kind: 'refused'; readonly waitSeconds: number }

export interface ChatLimits {
  /** Counts one post and says what to do with it. An alarm is never refused, whatever came before it. */
  take(session: string, address: string, text: string): Promise<Pace>
}

/** Counts posts by visitor and by address, in memory. `assess` judges what would be refused before it is. */
export function createChatLimits(parts: { readonly assess: Assess; readonly now: () => number }): ChatLimits {
  const limiter = (points: number) => new RateLimiterMemory({ points, duration: minute })
  const counters = [
    { by: 'session', calm: limiter(calm.session), flood: limiter(flood.session) },
    { by: 'address', calm: limiter(calm.address), flood: limiter(flood.address) },
  ] as const
  const words = new Map<string, readonly string[]>()

  return {
    async take(session, address, text) {
      const keys = { session, address }
      const fast = await Promise.all(counters.map(({ by, calm }) => overBy(calm, keys[by])))
      const flooding = await Promise.all(counters.map(({ by, flood }) => overBy(flood, keys[by])))
      const waitSeconds = Math.max(...fast, ...flooding)
      if (waitSeconds === 0) return { kind: 'calm' }
      if (Math.max(...flooding) > 0 && !isAlarm(levelOf(session, text)))
        return { kind: 'refused', waitSeconds }
      return { kind: 'fast', waitSeconds }
    },
  }

  function levelOf(session: string, text: string) {
    const fragments = words.get(session) ?? []
    words.delete(session)
    words.set(session, [...fragments, text].slice(-fragmentLimit))
    for (const oldest of words.keys()) {
      if (words.size <= rememberedSessions) break
      words.delete(oldest)
    }
    return parts.assess(text, { now: parts.now(), recent: [], fragments }).level
  }
}

/** Seconds until the key may go on; 0 when it may now. */
async function overBy(limiter: RateLimiterMemory, key: string): Promise<number> {
  try {
    await limiter.consume(key)
    return 0
  } catch (rejected) {
    if (rejected instanceof RateLimiterRes) return Math.ceil(rejected.msBeforeNext / 1_000)
    throw rejected
  }
}
