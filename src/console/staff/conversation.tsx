import { useState } from 'preact/hooks'
import type { CaseLine, CaseView } from '../../server/wire.ts'
import { clockTime } from '../shared/time.ts'
import { fill, texts } from './texts.ts'
import { Folded, hides } from './words.tsx'

/** Lines that stand open; the rest comes on a tap. */
const openLines = 6

interface ConversationProps {
  readonly view: CaseView
  readonly reveal: (line: string) => void
}

/** What was said: its end at once, the whole of it on a tap, and words in it found in memory. */
export function Conversation({ view, reveal }: ConversationProps) {
  const [whole, setWhole] = useState(false)
  const [query, setQuery] = useState('')
  const wanted = query.trim().toLowerCase()
  const found = wanted === '' ? view.lines : view.lines.filter((line) => textOf(line).includes(wanted))
  const shown = whole ? found : view.lines.slice(-openLines)
  return (
    <section>
      <h3 id="conversation">{texts.conversation}</h3>
      {view.lines.some(hides) && <p class="quiet">{texts.hiddenHelp}</p>}
      {!whole && view.lines.length > openLines && (
        <p>
          <button type="button" onClick={() => setWhole(true)}>
            {fill(texts.showConversation, { count: view.lines.length })}
          </button>
        </p>
      )}
      {whole && (
        <label class="search">
          {texts.find}
          <input type="search" value={query} onInput={(event) => setQuery(event.currentTarget.value)} />
        </label>
      )}
      <p class="quiet" role="status">
        {whole && wanted !== '' ? fill(texts.found, { count: found.length }) : ''}
      </p>
      <ol class="lines" aria-labelledby="conversation">
        {shown.map((line) => (
          <li key={line.id} class={`line ${line.from}`}>
            <p class="quiet line-head">
              <strong>{speaker(line, view.item.pseudonym)}</strong>
              <time dateTime={new Date(line.at).toISOString()}>{clockTime(line.at)}</time>
              {line.change && line.change !== 'deleted' && <span>{texts.change[line.change]}</span>}
              <Delivered line={line} />
            </p>
            <Folded line={line} />
            {view.mayReveal && hides(line) && (
              <button type="button" class="plain" onClick={() => reveal(line.id)}>
                {texts.reveal}
              </button>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Whether what was sent arrived: said of every word of a person, and of Salus where it did not. */
function Delivered({ line }: { line: CaseLine }) {
  if (line.undelivered) {
    const late = line.undelivered === 'due' || line.undelivered === 'sending'
    return (
      <span class={late ? '' : 'failed'}>
        {late ? '… ' : '✕ '}
        {texts.undelivered[line.undelivered] ?? line.undelivered}
      </span>
    )
  }
  return line.from === 'staff' ? <span>✓ {texts.delivered}</span> : null
}

function speaker(line: CaseLine, pseudonym: string): string {
  return line.from === 'contact' ? pseudonym : texts[line.from]
}

function textOf(line: CaseLine): string {
  return line.stretches
    .map(({ kind, text }) => (kind === 'hidden' ? '' : text))
    .join('')
    .toLowerCase()
}
