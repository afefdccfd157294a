import { memo } from 'preact/compat'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { CaseItem } from '../../server/wire.ts'
import { answerClock } from './answer-clock.ts'
import { stateText } from './case-state.ts'
import { type Filter, filters } from './inbox-order.ts'
import { LevelTag } from './level-tag.tsx'
import { fill, texts, topicText } from './texts.ts'
import { useNow } from './use-now.ts'

interface CaseListProps {
  /** What is shown: found by filter and search, in order. */
  readonly cases: readonly CaseItem[] | undefined
  readonly counts: Readonly<Record<Exclude<Filter, 'resolved'>, number>>
  readonly me: string
  readonly ahead: number
  readonly openId: string | undefined
  readonly filter: Filter
  readonly query: string
  readonly choose: (filter: Filter) => void
  readonly search: (query: string) => void
}

/** Cases: pseudonym, level, topic, how long they wait and who has them. */
export function CaseList(props: CaseListProps) {
  const { cases, counts, me, openId, filter, query } = props
  const list = useRef<HTMLUListElement>(null)
  useKeptFocus(list, cases)
  return (
    <nav class="list" aria-labelledby="cases">
      <h2 id="cases" tabIndex={-1}>
        {texts.casesTitle}
      </h2>
      <fieldset class="filters">
        <legend class="unseen">{texts.filter}</legend>
        {filters.map((one) => (
          <button
            key={one}
            type="button"
            class="chip"
            aria-pressed={one === filter}
            onClick={() => props.choose(one)}
          >
            {texts.filters[one]}
            {one !== 'resolved' && <span class="number">{counts[one]}</span>}
          </button>
        ))}
      </fieldset>
      <label class="search">
        <span class="unseen">{texts.search}</span>
        <input
          id="search"
          type="search"
          placeholder={texts.search}
          aria-describedby="search-help"
          value={query}
          onInput={(event) => props.search(event.currentTarget.value)}
        />
      </label>
      <p id="search-help" class="unseen">
        {texts.searchHelp}
      </p>
      <p class="quiet" role="status">
        {cases === undefined ? texts.loading : countText(props, cases.length)}
      </p>
      <ul ref={list}>
        <Rows cases={cases ?? []} me={me} openId={openId} ahead={props.ahead} />
      </ul>
    </nav>
  )
}

function countText({ filter, query, counts }: CaseListProps, shown: number): string {
  if (shown === 0) {
    if (query.trim() !== '') return texts.noneFound
    return { all: texts.none, mine: texts.noneMine, unowned: texts.noneUnowned, resolved: texts.noneClosed }[
      filter
    ]
  }
  if (filter === 'resolved') return fill(texts.closedCount, { count: shown })
  if (shown < counts.all) return fill(texts.shownCount, { shown, count: counts.all })
  return fill(shown === 1 ? texts.casesCount.one : texts.casesCount.other, { count: shown })
}

/** Ticks each second; of 500 rows only those whose words changed are drawn again. */
function Rows(props: {
  readonly cases: readonly CaseItem[]
  readonly me: string
  readonly openId: string | undefined
  readonly ahead: number
}) {
  const { cases, me, openId } = props
  const now = useNow(props.ahead)
  // One stop for the tab key; j, k and the arrows go on from there.
  const stop = cases.some(({ id }) => id === openId) ? openId : cases[0]?.id
  return (
    <>
      {cases.map((item) => {
        const clock = answerClock(item, now)
        const late = clock.kind === 'late'
        return (
          <Row
            key={item.id}
            item={item}
            state={stateText(item, now, me)}
            clock={
              clock.kind === 'none' ? '' : fill(late ? texts.late : texts.answerIn, { time: clock.said })
            }
            late={late}
            current={item.id === openId}
            stop={item.id === stop}
            topic={topicText(item.topic)}
          />
        )
      })}
    </>
  )
}

interface RowProps {
  readonly item: CaseItem
  readonly state: string
  readonly clock: string
  readonly late: boolean
  readonly current: boolean
  readonly stop: boolean
  readonly topic: string
}

const Row = memo(function Row({ item, state, clock, late, current, stop, topic }: RowProps) {
  return (
    <li>
      <a
        class={`case-link ${item.status}`}
        href={`#case/${item.id}`}
        data-case={item.id}
        tabIndex={stop ? 0 : -1}
        aria-current={current ? 'true' : undefined}
      >
        <span class="case-head">
          <LevelTag level={item.level} />
          <strong>{item.pseudonym}</strong>
        </span>
        <span>{topic}</span>
        <span class="case-foot">
          <span class="quiet">{state}</span>
          {clock !== '' && <span class={late ? 'clock late' : 'clock'}>{clock}</span>}
        </span>
        {(item.tags ?? []).length > 0 && (
          <span class="tags">
            {item.tags?.map((tag) => (
              <span key={tag} class="tag">
                {tag}
              </span>
            ))}
          </span>
        )}
      </a>
    </li>
  )
})

/** A row that moves loses the focus in the browser, and one that goes away takes it along: it is given back. */
function useKeptFocus(list: { current: HTMLElement | null }, cases: readonly CaseItem[] | undefined): void {
  const held = useRef<{ readonly id: string; readonly index: number } | undefined>(undefined)
  useEffect(() => {
    const onFocus = (event: FocusEvent) => {
      const link = (event.target as Element | null)?.closest<HTMLElement>('[data-case]')
      const links = [...(list.current?.querySelectorAll<HTMLElement>('[data-case]') ?? [])]
      held.current = link ? { id: link.dataset.case ?? '', index: links.indexOf(link) } : undefined
    }
    document.addEventListener('focusin', onFocus)
    return () => document.removeEventListener('focusin', onFocus)
  }, [list])
  useLayoutEffect(() => {
    const was = held.current
    if (!was || (document.activeElement !== document.body && document.activeElement !== null)) return
    const links = [...(list.current?.querySelectorAll<HTMLElement>('[data-case]') ?? [])]
    const next =
      links.find(({ dataset }) => dataset.case === was.id) ?? links[Math.min(was.index, links.length - 1)]
    next?.focus({ preventScroll: true })
  }, [cases, list])
}
