import { useEffect, useRef, useState } from 'preact/hooks'
import type { Figures } from '../../server/wire.ts'
import { get } from '../shared/api.ts'
import { Bars } from './bars.tsx'
import { duration, fill, texts } from './texts.ts'

const choices = [7, 30, 90] as const

/** How long people wait and how many are reached: figures of all cases, never of one. */
export function Charts() {
  const [days, setDays] = useState<number>(30)
  const [figures, setFigures] = useState<Figures>()
  const [failed, setFailed] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    void get<Figures>(`/api/staff/figures?days=${days}&zone=${encodeURIComponent(timeZone)}`).then(
      (answer) => {
        setFailed(answer.kind !== 'ok')
        if (answer.kind === 'ok') setFigures(answer.value)
      },
    )
  }, [days])
  const { charts } = texts
  const level = (key: string) => texts.levels[key as keyof typeof texts.levels] ?? key
  const hour = (key: string) => `${key.padStart(2, '0')}:00`
  return (
    <article class="charts" aria-labelledby="charts">
      <h2 id="charts" ref={heading} tabIndex={-1}>
        {texts.chartsTitle}
      </h2>
      <fieldset class="filters">
        <legend class="unseen">{charts.days}</legend>
        {choices.map((one) => (
          <button
            key={one}
            type="button"
            class="chip"
            aria-pressed={one === days}
            onClick={() => setDays(one)}
          >
            {one} {charts.days.toLowerCase()}
          </button>
        ))}
      </fieldset>
      <p class="quiet" role="status">
        {failed ? texts.loadFailed : figures ? fill(charts.intro, { days: figures.days }) : texts.loading}
      </p>
      {figures && (
        <>
          <dl class="facts numbers">
            <Count name={charts.count} value={figures.total} />
            <Count name={charts.now} value={figures.open} />
            <Count name={charts.reached} value={figures.reached} of={figures.total} />
            <Count name={charts.never} value={figures.neverReached} of={figures.total} />
            {figures.longestWaitMs !== undefined && (
              <div>
                <dt>{charts.waitingNow}</dt>
                <dd>{duration(figures.longestWaitMs)}</dd>
              </div>
            )}
          </dl>
          <div class="chart-grid">
            <Bars
              title={`${charts.toClaim}, ${charts.byLevel}`}
              rows={figures.toClaim.byLevel}
              of={charts.level}
              nameOf={level}
              times
            />
            <Bars
              title={`${charts.toAnswer}, ${charts.byLevel}`}
              rows={figures.toAnswer.byLevel}
              of={charts.level}
              nameOf={level}
              times
            />
            <Bars
              title={`${charts.toClaim}, ${charts.byHour}`}
              rows={figures.toClaim.byHour}
              of={charts.hour}
              nameOf={hour}
              times
            />
            <Bars
              title={`${charts.toAnswer}, ${charts.byHour}`}
              rows={figures.toAnswer.byHour}
              of={charts.hour}
              nameOf={hour}
              times
            />
            <Bars
              title={charts.byDay}
              rows={figures.byDay.filter(({ count }) => count !== 0)}
              of={charts.day}
              nameOf={(key) => key}
              times={false}
            />
          </div>
        </>
      )}
    </article>
  )
}

function Count(props: { readonly name: string; readonly value: number | null; readonly of?: number | null }) {
  const { name, value, of } = props
  const part = value !== null && of ? ` (${Math.round((100 * value) / of)} %)` : ''
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value === null ? texts.charts.hidden : `${value}${part}`}</dd>
    </div>
  )
}
