import { useRef, useState } from 'preact/hooks'
import { texts } from './texts.ts'

/** Where the person writes. */
export function Composer({ say, offline }: { say: (text: string) => void; offline: boolean }) {
  const [text, setText] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const submit = () => {
    if (text.trim() === '') return field.current?.focus()
    say(text.trim())
    setText('')
    field.current?.focus()
  }
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {offline && <p class="offline">{texts.offline}</p>}
      <label for="message">{texts.input}</label>
      <div class="row">
        <textarea
          id="message"
          ref={field}
          rows={Math.min(6, Math.max(1, text.split('\n').length, Math.ceil(text.length / 60)))}
          maxLength={20_000}
          aria-describedby="hint"
          dir="auto"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            // On a phone the return key makes lines; there is a button beside it.
            const touch = window.matchMedia('(pointer: coarse)').matches
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing || touch) return
            event.preventDefault()
            submit()
          }}
        />
        <button type="submit" class="primary">
          {texts.send}
        </button>
      </div>
      <p id="hint" class="unseen">
        {texts.hint}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: three buttons are not a form's group. */}
      <div class="quick" role="group" aria-label={texts.quickLabel}>
        {texts.quick.map((words) => (
          <button key={words} type="button" class="plain" onClick={() => say(words)}>
            {words}
          </button>
        ))}
      </div>
    </form>
  )
}
