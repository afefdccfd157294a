import { useCallback, useEffect, useReducer, useRef } from 'preact/hooks'
import type { ChatEntry, ChatHistory, ChatPost, ChosenButton, PostReceipt } from '../../server/wire.ts'
import { get, newId, post } from '../shared/api.ts'
import { keepStream } from '../shared/stream.ts'
import { type ChatState, changeChat, emptyChat } from './state.ts'

/** Tries before the page says "not sent"; each waits longer, ms. */
const waits = [0, 1_000, 3_000]
/** "Salus is reading" is shown at most this long: while a person has the conversation nothing comes back at once. */
const workingMs = 8_000

export interface Chat {
  readonly state: ChatState
  say(text: string): void
  choose(button: ChosenButton, label: string): void
  retry(key: string): void
  reload(): void
}

/** The conversation: history, live replies, and sending in order with honest states. */
export function useChat(): Chat {
  const [state, change] = useReducer(changeChat, emptyChat)
  const queue = useRef(Promise.resolve())
  const streaming = useRef<(() => void) | undefined>(undefined)
  const working = useRef<number | undefined>(undefined)

  const reload = useCallback(async () => {
    const answer = await get<ChatHistory>('/api/chat/history')
    if (answer.kind === 'ok') change({ kind: 'loaded', ...answer.value })
    else change({ kind: 'broken' })
    return answer.kind === 'ok' ? answer.value : undefined
  }, [])

  const stream = useCallback(() => {
    streaming.current ??= keepStream((last) => `/api/chat/stream?after=${last}`, {
      events: {
        message: (entry) => {
          window.clearTimeout(working.current)
          change({ kind: 'arrived', entry: entry as ChatEntry })
        },
      },
      up: (again) => {
        change({ kind: 'line', offline: false })
        // What an alarm overtook while the line was down has an older number than the last one seen.
        if (again) void reload()
      },
      down: () => change({ kind: 'line', offline: true }),
    })
  }, [reload])

  useEffect(() => {
    void reload().then((history) => {
      if (history && history.entries.length > 0) stream()
    })
    return () => streaming.current?.()
  }, [reload, stream])

  const send = useCallback(
    async (key: string, body: ChatPost) => {
      for (const wait of waits) {
        if (wait > 0) await new Promise((resolve) => window.setTimeout(resolve, wait))
        const answer = await post<PostReceipt>('/api/chat/messages', body)
        if (answer.kind === 'ok') {
          change({ kind: 'sent', key })
          // The cookie that the stream needs comes with the first answer.
          stream()
          const { say, tone, waitSeconds } = answer.value
          if (say) change({ kind: 'arrived', entry: notice(say, tone ?? 'info') })
          else {
            change({ kind: 'working', working: true })
            window.clearTimeout(working.current)
            working.current = window.setTimeout(() => change({ kind: 'working', working: false }), workingMs)
          }
          if (waitSeconds) await new Promise((resolve) => window.setTimeout(resolve, waitSeconds * 1_000))
          return
        }
        if (answer.kind === 'refused') {
          change({ kind: 'failed', key })
          const { say } = answer.refusal
          if (say) change({ kind: 'arrived', entry: notice(say, answer.status === 503 ? 'urgent' : 'info') })
          return
        }
      }
      change({ kind: 'failed', key })
    },
    [stream],
  )

  const enqueue = useCallback(
    (key: string, body: ChatPost) => {
      queue.current = queue.current.then(() => send(key, body))
    },
    [send],
  )

  const write = useCallback(
    (text: string, what: { readonly text: string } | { readonly choice: ChosenButton }) => {
      const id = newId()
      const body: ChatPost = { id, ...what }
      const key = `me/${id}`
      const choice = 'choice' in what ? { choice: what.choice } : {}
      const bubble = {
        key,
        from: 'me' as const,
        at: Date.now(),
        text,
        state: 'sending' as const,
        post: body,
        ...choice,
      }
      change({ kind: 'written', bubble })
      enqueue(key, body)
    },
    [enqueue],
  )

  return {
    state,
    say: (text) => write(text, { text }),
    choose: (choice, label) => write(label, { choice }),
    retry: (key) => {
      const bubble = state.bubbles.find((one) => one.key === key)
      if (!bubble?.post) return
      change({ kind: 'trying', key })
      enqueue(key, bubble.post)
    },
    reload: () => void reload(),
  }
}

/** Fixed words that came without a turn. */
function notice(text: string, tone: 'info' | 'urgent'): ChatEntry & { readonly local: true } {
  return {
    key: `local/${newId()}`,
    from: 'salus',
    at: Date.now(),
    text,
    elements: [{ kind: 'notice', tone, text }],
    local: true,
    ...(tone === 'urgent' ? { urgent: true } : {}),
  }
}
