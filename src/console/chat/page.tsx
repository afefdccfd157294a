import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Bubble } from './bubble.tsx'
import { Composer } from './composer.tsx'
import { Leave } from './leave.tsx'
import { pressedIn } from './state.ts'
import { texts } from './texts.ts'
import { useChat } from './use-chat.ts'
import { Welcome } from './welcome.tsx'

/** The chat page. */
export function ChatPage() {
  const chat = useChat()
  const { phase, about, bubbles, offline, arrived } = chat.state
  // While a person has the conversation Salus reads nothing that it would answer.
  const withPerson = bubbles.findLast(({ from }) => from !== 'me')?.from === 'person'
  const working = chat.state.working && !withPerson
  const log = useRef<HTMLDivElement>(null)
  useFollow(log, bubbles.length, working)
  useBadge(arrived.length)
  const pressed = pressedIn(bubbles)
  const urgent = arrived.findLast((entry) => entry.urgent)
  return (
    <>
      <a class="skip button" href="#message">
        {texts.skip}
      </a>
      <header class="top">
        <h1>
          <img src="/assets/icon.svg" alt="" width="28" height="28" />
          {texts.title}
        </h1>
        <Leave />
      </header>
      <main>
        {phase === 'broken' && (
          <div class="notice urgent">
            <p class="notice-text">{texts.loadFailed}</p>
            <button type="button" onClick={chat.reload}>
              {texts.again}
            </button>
          </div>
        )}
        {about && <Welcome about={about} ask={chat.say} />}
        <div
          class="log"
          role="log"
          aria-label={texts.log}
          aria-live={phase === 'open' ? 'polite' : 'off'}
          aria-busy={phase === 'loading'}
          ref={log}
        >
          {bubbles.map((bubble) => (
            <Bubble key={bubble.key} bubble={bubble} pressed={pressed} chat={chat} />
          ))}
        </div>
        <p class={working ? 'working' : 'unseen'} role="status">
          {working ? texts.working : ''}
          {working && <span class="dots" aria-hidden="true" />}
        </p>
        <div class="unseen" role="alert">
          {urgent && <p key={urgent.key}>{urgentWords(urgent.elements ?? [])}</p>}
        </div>
        <Composer say={chat.say} offline={offline} />
      </main>
    </>
  )
}

function urgentWords(
  elements: NonNullable<ReturnType<typeof useChat>['state']['bubbles'][number]['elements']>,
) {
  return elements
    .flatMap((one) => (one.kind === 'notice' && one.tone === 'urgent' ? [one.text] : []))
    .join(' ')
}

/** Keeps what the person wrote last at the top and what answers it in view. */
function useFollow(log: { readonly current: HTMLDivElement | null }, count: number, working: boolean): void {
  const first = useRef(true)
  useLayoutEffect(() => {
    if (count === 0) return
    const mine = [...(log.current?.querySelectorAll<HTMLElement>('.mine') ?? [])].at(-1)
    const header = document.querySelector('.top')?.getBoundingClientRect().height ?? 0
    const top = (mine?.getBoundingClientRect().top ?? 0) + window.scrollY - header - 12
    window.scrollTo({
      top: mine ? top : document.body.scrollHeight,
      behavior: first.current || still() ? 'auto' : 'smooth',
    })
    first.current = false
  }, [log, count, working])
}

/** The person asked for less motion. */
function still(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches
}

/** Counts unread replies in the title while the page is in the background; never what they say. */
function useBadge(arrived: number): void {
  const [read, setRead] = useState(0)
  useEffect(() => {
    const onShow = () => !document.hidden && setRead(arrived)
    onShow()
    document.addEventListener('visibilitychange', onShow)
    return () => document.removeEventListener('visibilitychange', onShow)
  }, [arrived])
  useEffect(() => {
    document.title = arrived > read ? `(${arrived - read}) ${texts.title}` : texts.title
  }, [arrived, read])
}
