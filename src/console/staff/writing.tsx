import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'

interface WritingProps {
  readonly name: string
  readonly label: string
  readonly help: string
  readonly button: string
  readonly primary?: boolean
  /** Resolves to true when the words were taken. */
  readonly send: (text: string) => Promise<boolean>
  /** Stands beside the button. */
  readonly children?: (insert: (text: string) => void) => ComponentChildren
}

/** A box to write in. The words stay in it until they were taken; Ctrl+Enter sends them. */
export function Writing({ name, label, help, button, primary, send, children }: WritingProps) {
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async () => {
    if (text.trim() === '' || busy) return
    setBusy(true)
    if (await send(text.trim())) setText('')
    setBusy(false)
  }
  const insert = (more: string) => {
    setText((now) => (now.trim() === '' ? more : `${now.trimEnd()}\n${more}`))
    document.getElementById(name)?.focus()
  }
  return (
    <form
      class="writing"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <label for={name}>{label}</label>
      <p id={`${name}-help`} class="quiet">
        {help}
      </p>
      <textarea
        id={name}
        rows={primary ? 3 : 2}
        maxLength={4_000}
        aria-describedby={`${name}-help`}
        dir="auto"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit()
        }}
      />
      <div class="row">
        <button type="submit" class={primary ? 'primary' : ''} aria-disabled={busy}>
          {button}
        </button>
        {children?.(insert)}
      </div>
    </form>
  )
}
