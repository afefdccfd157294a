import type { ChatAbout, ChatEntry, ChatPost } from '../../server/wire.ts'

/** A bubble: what was said, and for the person's own how far it got. */
export interface Bubble extends ChatEntry {
  readonly state?: 'sending' | 'failed'
  /** What to send again. */
  readonly post?: ChatPost
  /** Said by the page itself: the server knows nothing of it. */
  readonly local?: boolean
}

export interface ChatState {
  readonly phase: 'loading' | 'open' | 'broken'
  readonly about?: ChatAbout
  readonly bubbles: readonly Bubble[]
  readonly offline: boolean
  /** A message was taken in and nothing has come back yet. */
  readonly working: boolean
  /** Replies that came in since the page was loaded: they are announced, history is not. */
  readonly arrived: readonly ChatEntry[]
}

export type ChatChange =
  | { readonly kind: 'loaded'; readonly about: ChatAbout; readonly entries: readonly ChatEntry[] }
  | { readonly kind: 'broken' }
  | { readonly kind: 'arrived'; readonly entry: ChatEntry }
  | { readonly kind: 'written'; readonly bubble: Bubble }
  | { readonly kind: 'sent'; readonly key: string }
  | { readonly kind: 'failed'; readonly key: string }
  | { readonly kind: 'trying'; readonly key: string }
  | { readonly kind: 'working'; readonly working: boolean }
  | { readonly kind: 'line'; readonly offline: boolean }

export const emptyChat: ChatState = {
  phase: 'loading',
  bubbles: [],
  offline: false,
  working: false,
  arrived: [],
}

export function changeChat(state: ChatState, change: ChatChange): ChatState {
  switch (change.kind) {
    case 'loaded':
      return { ...state, phase: 'open', about: change.about, bubbles: merge(state.bubbles, change.entries) }
    case 'broken':
      return state.phase === 'loading' ? { ...state, phase: 'broken' } : state
    case 'arrived': {
      if (state.bubbles.some(({ key }) => key === change.entry.key)) return state
      return {
        ...state,
        working: false,
        bubbles: [...state.bubbles, change.entry],
        arrived: [...state.arrived, change.entry],
      }
    }
    case 'written':
      return { ...state, bubbles: [...state.bubbles, change.bubble] }
    case 'sent':
      return { ...state, bubbles: state.bubbles.map((one) => (one.key === change.key ? settled(one) : one)) }
    case 'failed':
    case 'trying': {
      const next = change.kind === 'failed' ? ('failed' as const) : ('sending' as const)
      return {
        ...state,
        bubbles: state.bubbles.map((one) => (one.key === change.key ? { ...one, state: next } : one)),
      }
    }
    case 'working':
      return { ...state, working: change.working }
    case 'line':
      return { ...state, offline: change.offline }
  }
}

/** The server's order counts; what it does not know yet stays behind it, as it was. */
function merge(mine: readonly Bubble[], entries: readonly ChatEntry[]): readonly Bubble[] {
  const known = new Set(entries.map(({ key }) => key))
  return [...entries, ...mine.filter(({ key, local, post }) => !known.has(key) && (local || post))]
}

function settled({ state: _state, ...rest }: Bubble): Bubble {
  return rest
}

/** Buttons that were pressed, as `replyTo|action` and `replyTo|action|value`. */
export function pressedIn(bubbles: readonly Bubble[]): ReadonlySet<string> {
  const pressed = bubbles.flatMap(({ choice }) =>
    choice
      ? [`${choice.replyTo}|${choice.action}`, `${choice.replyTo}|${choice.action}|${choice.value}`]
      : [],
  )
  return new Set(pressed)
}
