import { clockTime } from '../shared/time.ts'
import { Element } from './elements.tsx'
import type { Bubble as BubbleState } from './state.ts'
import { texts } from './texts.ts'
import type { Chat } from './use-chat.ts'

/** Buttons under an answer work on their own; in any other group one choice closes the rest. */
const separate = 'answer'

interface BubbleProps {
  readonly bubble: BubbleState
  readonly pressed: ReadonlySet<string>
  readonly chat: Pick<Chat, 'choose' | 'retry'>
}

/** One thing that was said. */
export function Bubble({ bubble, pressed, chat }: BubbleProps) {
  return bubble.from === 'me' ? (
    <Mine bubble={bubble} retry={() => chat.retry(bubble.key)} />
  ) : (
    <Theirs bubble={bubble} pressed={pressed} chat={chat} />
  )
}

function Mine({ bubble, retry }: { bubble: BubbleState; retry: () => void }) {
  return (
    <article class="bubble mine">
      <h2 class="unseen">{texts.me}</h2>
      <p class="words" dir="auto">
        {bubble.text}
      </p>
      <p class="foot quiet">
        <time dateTime={new Date(bubble.at).toISOString()}>{clockTime(bubble.at)}</time>
        {bubble.state === 'failed' ? (
          <button type="button" class="plain failed" onClick={retry}>
            {texts.failed}
          </button>
        ) : (
          <span>{bubble.state === 'sending' ? `${texts.sending} …` : texts.sent}</span>
        )}
      </p>
    </article>
  )
}

function Theirs({ bubble, pressed, chat }: BubbleProps) {
  const { key, elements = [] } = bubble
  const choices = {
    pressed: (action: string, value: string) => {
      if (pressed.has(`${key}|${action}|${value}`)) return 'chosen'
      return action !== separate && pressed.has(`${key}|${action}`) ? 'closed' : 'open'
    },
    choose: (action: string, value: string, label: string) =>
      chat.choose({ action, value, replyTo: key }, label),
  } as const
  const reported = pressed.has(`${key}|report|ask`)
  return (
    <article class={`bubble theirs ${bubble.urgent ? 'is-urgent' : ''} ${bubble.from}`}>
      <h2 class="who">{bubble.from === 'person' ? texts.person : texts.salus}</h2>
      {elements.map((element, index) => (
        <Element key={index} element={element} choices={choices} />
      ))}
      <p class="foot quiet">
        <time dateTime={new Date(bubble.at).toISOString()}>{clockTime(bubble.at)}</time>
        {!bubble.local && (
          <button
            type="button"
            class="plain"
            aria-disabled={reported}
            onClick={() => !reported && choices.choose('report', 'ask', texts.report)}
          >
            {reported ? texts.reported : texts.report}
          </button>
        )}
      </p>
    </article>
  )
}
