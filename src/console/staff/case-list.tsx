import type { CaseItem, CaseList as List } from '../../server/wire.ts'
import { clockTime, duration } from '../shared/time.ts'
import { LevelTag } from './level-tag.tsx'
import { fill, texts, topicText } from './texts.ts'

/** Open cases, worst first: pseudonym, level, topic and how long they wait. */
export function CaseList({ list, openId }: { list: List; openId: string | undefined }) {
  return (
    <nav class="list" aria-labelledby="cases">
      <h2 id="cases">{texts.casesTitle}</h2>
      <p class="quiet">
        {list.cases.length === 0 ? texts.none : fill(texts.casesCount, { count: list.cases.length })}
      </p>
      <ul>
        {list.cases.map((item) => (
          <li key={item.id}>
            <a
              class={`case-link ${item.status}`}
              href={`#case/${item.id}`}
              aria-current={item.id === openId ? 'true' : undefined}
            >
              <span class="case-head">
                <LevelTag level={item.level} />
                <strong>{item.pseudonym}</strong>
              </span>
              <span>{topicText(item.topic)}</span>
              <span class="quiet">{stateText(item, list.now, list.me.id)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Who has it, or how long it has waited; and that it is late. */
export function stateText(item: CaseItem, now: number, me: string): string {
  const waited = fill(texts.waiting, { time: duration(now - item.openedAt) })
  if (item.status === 'claimed' && item.owner) {
    return item.owner.id === me ? texts.mine : fill(texts.claimed, { name: item.owner.name })
  }
  if (item.status === 'snoozed' && item.snoozedUntil) {
    return fill(texts.snoozed, { time: clockTime(item.snoozedUntil) })
  }
  if (item.status === 'resolved') return texts.resolved
  if (now <= item.answerBy) return waited
  return `${waited}, ${fill(texts.late, { time: duration(now - item.answerBy) })}`
}
