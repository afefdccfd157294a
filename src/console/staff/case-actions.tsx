import { useState } from 'preact/hooks'
import type { CaseItem } from '../../server/wire.ts'
import { fill, texts } from './texts.ts'
import type { Act } from './use-cases.ts'

interface CaseActionsProps {
  readonly item: CaseItem
  readonly me: string
  readonly meId: string
  readonly act: (act: Act) => Promise<string | undefined>
}

/** What a member may do with a case now. What they may not do is not offered. */
export function CaseActions({ item, me, meId, act }: CaseActionsProps) {
  const [news, setNews] = useState('')
  const [sure, setSure] = useState(false)
  const [minutes, setMinutes] = useState<number>(texts.snoozes[0].minutes)
  const mine = item.status === 'claimed' && item.owner?.id === meId
  const free = item.status === 'waiting' || item.status === 'snoozed'
  const run = async (what: Act): Promise<boolean> => {
    const refused = await act(what)
    setNews(refused ? (texts.refusals[refused] ?? texts.notDone) : texts.done)
    return refused === undefined
  }
  return (
    <section class="actions" aria-label={item.pseudonym}>
      {mine && (
        <Writing
          name="reply"
          label={fill(texts.reply, { name: item.pseudonym })}
          help={fill(texts.replyHelp, { me })}
          button={texts.send}
          primary
          send={(text) => run({ kind: 'reply', text })}
        />
      )}
      <Writing
        name="note"
        label={texts.note}
        help={texts.noteHelp}
        button={texts.addNote}
        send={(text) => run({ kind: 'note', text })}
      />
      {(mine || free) && (
        <div class="row">
          <label>
            {texts.snooze}
            <select value={minutes} onChange={(event) => setMinutes(Number(event.currentTarget.value))}>
              {texts.snoozes.map((one) => (
                <option key={one.minutes} value={one.minutes}>
                  {one.label}
                </option>
              ))}
            </select>
          </label>
          <button type="button" onClick={() => void run({ kind: 'snooze', minutes })}>
            {texts.snoozeDo}
          </button>
          {mine && (
            <>
              <button type="button" onClick={() => void run({ kind: 'hand_back' })}>
                {texts.handBack}
              </button>
              <button type="button" aria-expanded={sure} onClick={() => setSure(!sure)}>
                {texts.resolve}
              </button>
            </>
          )}
        </div>
      )}
      {mine && sure && (
        <div class="row sure">
          <p>{texts.resolveSure}</p>
          <button type="button" class="primary" onClick={() => void run({ kind: 'resolve' })}>
            {texts.yes}
          </button>
          <button type="button" onClick={() => setSure(false)}>
            {texts.no}
          </button>
        </div>
      )}
      <p role="status" class="news">
        {news}
      </p>
    </section>
  )
}

/** Offered first, for nothing else may be done for the person before. */
export function Claim({ item, act }: Omit<CaseActionsProps, 'me' | 'meId'>) {
  const [refused, setRefused] = useState('')
  if (item.status !== 'waiting' && item.status !== 'snoozed') return null
  const claim = async () => {
    const why = await act({ kind: 'claim' })
    setRefused(why ? (texts.refusals[why] ?? texts.notDone) : '')
  }
  return (
    <div>
      <button type="button" class="primary" onClick={() => void claim()}>
        {texts.claim}
      </button>
      <p class="quiet">{texts.claimHelp}</p>
      <p role="status">{refused}</p>
    </div>
  )
}

interface WritingProps {
  readonly name: string
  readonly label: string
  readonly help: string
  readonly button: string
  readonly primary?: boolean
  readonly send: (text: string) => Promise<boolean>
}

/** A box to write in. The words stay in it until they were taken. */
function Writing({ name, label, help, button, primary, send }: WritingProps) {
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async () => {
    if (text.trim() === '' || busy) return
    setBusy(true)
    if (await send(text.trim())) setText('')
    setBusy(false)
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
      />
      <button type="submit" class={primary ? 'primary' : ''} aria-disabled={busy}>
        {button}
      </button>
    </form>
  )
}
