import { useEffect, useRef } from 'preact/hooks'
import type { CaseView } from '../../server/wire.ts'
import { clockTime } from '../shared/time.ts'
import { answerClock } from './answer-clock.ts'
import { CaseActions, type CaseActionsProps, Claim, isMine } from './case-actions.tsx'
import { stateText } from './case-state.ts'
import { Conversation } from './conversation.tsx'
import { LevelTag } from './level-tag.tsx'
import { reach } from './shortcuts.ts'
import { fill, texts, topicText } from './texts.ts'
import { useNow } from './use-now.ts'
import { Words } from './words.tsx'

interface CasePaneProps extends CaseActionsProps {
  readonly ahead: number
  readonly reveal: (line: string) => void
}

/** One case: what raised it, the conversation, and what can be done. */
export function CasePane({ view, me, act, reveal, ahead }: CasePaneProps) {
  const { item, summary } = view
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [item.id])
  const other = item.owner && item.owner.id !== me.id ? item.owner.name : undefined
  return (
    <article class="case" aria-labelledby="case">
      <header>
        <h2 id="case" ref={heading} tabIndex={-1}>
          {item.pseudonym}
        </h2>
        <p class="case-head">
          <LevelTag level={item.level} />
          <span>{topicText(item.topic)}</span>
          <State view={view} me={me.id} ahead={ahead} />
        </p>
      </header>
      <Claim key={`claim ${item.id}`} item={item} me={me} act={act} />
      {isMine(item, me.id) && (
        <p>
          <button type="button" onClick={() => reach('reply')}>
            {texts.toReply}
          </button>
        </p>
      )}
      {other && item.status !== 'resolved' && (
        <p class="owned">{fill(texts.ownedByOther, { name: other })}</p>
      )}
      <Facts view={view} />
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
      <Conversation key={`talk ${item.id}`} view={view} reveal={reveal} />
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
      <CaseActions key={item.id} view={view} me={me} act={act} />
    </article>
  )
}

/** Whose it is, since when, and the clock by which a person must have answered. */
function State({ view, me, ahead }: { view: CaseView; me: string; ahead: number }) {
  const now = useNow(ahead)
  const clock = answerClock(view.item, now)
  return (
    <>
      <span class="quiet">{stateText(view.item, now, me)}</span>
      {clock.kind !== 'none' && (
        <span class={clock.kind === 'late' ? 'clock late' : 'clock'}>
          {fill(clock.kind === 'late' ? texts.late : texts.answerIn, { time: clock.said })}
        </span>
      )}
    </>
  )
}

/** What is known of the person, and what they agreed to share. */
function Facts({ view }: { view: CaseView }) {
  const facts: readonly (readonly [string, string])[] = [
    [texts.facts.opened, clockTime(view.item.openedAt)],
    [texts.facts.shares, view.shared ? texts.sharesAll : texts.sharesSome],
    ...(view.minor ? [[texts.facts.minor, texts.underAge] as const] : []),
  ]
  return (
    <dl class="facts" aria-label={texts.about}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
