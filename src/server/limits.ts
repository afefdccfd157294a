import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { type Assess, isAlarm } from '../core/assessment.ts'

/** More than this from one visitor in a minute and the page asks for patience; what was written is taken in all the same. */
const calmPosts = 20
/** So much is no person: what is no alarm is refused from there on. Many people may share an address. */
const floodPosts = { session: 200, address: 2_400 }
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
  const calm = limiter(calmPosts)
  const flood = { session: limiter(floodPosts.session), address: limiter(floodPosts.address) }
  const words = new Map<string, readonly string[]>()

  return {
    async take(session, address, text) {
      const [fast, ...flooding] = await Promise.all([
        overBy(calm, session),
        overBy(flood.session, session),
        overBy(flood.address, address),
      ])
      const refuseFor = Math.max(...flooding)
      if (refuseFor > 0 && !isAlarm(levelOf(session, text)))
        return { kind: 'refused', waitSeconds: refuseFor }
      return fast > 0 ? { kind: 'fast', waitSeconds: fast } : { kind: 'calm' }
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
