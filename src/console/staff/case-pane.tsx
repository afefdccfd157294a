import { useEffect, useRef } from 'preact/hooks'
import type { CaseLine, CaseView } from '../../server/wire.ts'
import { clockTime } from '../shared/time.ts'
import { CaseActions, Claim } from './case-actions.tsx'
import { stateText } from './case-list.tsx'
import { LevelTag } from './level-tag.tsx'
import { fill, texts, topicText } from './texts.ts'
import type { Act } from './use-cases.ts'

interface CasePaneProps {
  readonly view: CaseView
  /** The reader's name for work. */
  readonly me: string
  readonly meId: string
  readonly act: (act: Act) => Promise<string | undefined>
  readonly reveal: (line: string) => void
}

/** One case: what raised it, the conversation, and what can be done. */
export function CasePane({ view, me, meId, act, reveal }: CasePaneProps) {
  const { item, summary } = view
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [item.id])
  const other = item.owner && item.owner.id !== meId ? item.owner.name : undefined
  const masked = view.lines.some((line) => hides(line))
  return (
    <article class="case" aria-labelledby="case">
      <header>
        <h2 id="case" ref={heading} tabIndex={-1}>
          {item.pseudonym}
        </h2>
        <p class="case-head">
          <LevelTag level={item.level} />
          <span>{topicText(item.topic)}</span>
          <span class="quiet">{stateText(item, view.now, meId)}</span>
        </p>
      </header>
      <Claim item={item} act={act} />
      {item.owner?.id === meId && (
        <p>
          <button type="button" onClick={toReply}>
            {texts.toReply}
          </button>
        </p>
      )}
      {other && <p class="owned">{fill(texts.ownedByOther, { name: other })}</p>}
      {summary.raisedBy && (
        <section class="raised">
          <h3>{texts.raisedBy}</h3>
          <Words line={summary.raisedBy} />
          {summary.last && (
            <>
              <h3>{texts.last}</h3>
              <Words line={summary.last} />
            </>
          )}
        </section>
      )}
      <section>
        <h3 id="conversation">{texts.conversation}</h3>
        {!view.shared && <p class="quiet">{texts.notShared}</p>}
        {masked && <p class="quiet">{texts.hiddenHelp}</p>}
        <ol class="lines" aria-labelledby="conversation">
          {view.lines.map((line) => (
            <li key={line.id} class={`line ${line.from}`}>
              <p class="quiet">
                <strong>{speaker(line, item.pseudonym)}</strong>{' '}
                <time dateTime={new Date(line.at).toISOString()}>{clockTime(line.at)}</time>
                {line.change && line.change !== 'deleted' && ` (${texts.change[line.change]})`}
                {line.undelivered && ` (${texts.undelivered[line.undelivered] ?? line.undelivered})`}
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
      {view.notes.length > 0 && (
        <section>
          <h3>{texts.notes}</h3>
          <ul class="notes">
            {view.notes.map((note) => (
              <li key={`${note.at} ${note.by}`}>
                <p class="quiet">
                  {note.by}, {clockTime(note.at)}
                </p>
                <p class="words">{note.text}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
      <CaseActions key={item.id} item={item} me={me} meId={meId} act={act} />
    </article>
  )
}

/** A button, for the address names the open case and must stay. */
function toReply(): void {
  document.getElementById('reply')?.focus()
}

/** Longer replies of Salus are folded, characters: staff read the person first. */
const foldedFrom = 220

function Folded({ line }: { line: CaseLine }) {
  const length = line.stretches.reduce((sum, { text }) => sum + text.length, 0)
  if (line.from !== 'bot' || length < foldedFrom) return <Words line={line} />
  const [first] = (line.stretches[0]?.text ?? '').split('\n')
  return (
    <details>
      <summary>
        {first} <span class="quiet">… {texts.whole}</span>
      </summary>
      <Words line={line} />
    </details>
  )
}

function hides(line: CaseLine): boolean {
  return line.stretches.some(({ kind }) => kind === 'hidden')
}

function speaker(line: CaseLine, pseudonym: string): string {
  return line.from === 'contact' ? pseudonym : texts[line.from]
}

/** A person's words: signs marked, details masked. */
function Words({ line }: { line: CaseLine }) {
  if (line.change === 'deleted') return <p class="words quiet">{texts.change.deleted}</p>
  return (
    <p class="words" dir="auto">
      {line.stretches.map(({ kind, text }, index) => {
        const key = `${index} ${kind}`
        if (kind === 'sign') return <mark key={key}>{text}</mark>
        if (kind === 'hidden') {
          return (
            <span key={key} class="hidden-detail">
              [{text.toLowerCase()}]
            </span>
          )
        }
        return text
      })}
    </p>
  )
}
