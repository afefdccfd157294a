import type { Timed } from '../../server/wire.ts'
import { duration, fill, texts } from './texts.ts'

interface BarsProps {
  readonly title: string
  readonly rows: readonly Timed[]
  /** What the rows are: "Level". */
  readonly of: string
  readonly nameOf: (key: string) => string
  /** Median and slowest tenth, or the counts alone. */
  readonly times: boolean
}

/** A chart of bars, and the same as a table: the picture is for the eye alone. */
export function Bars({ title, rows, of, nameOf, times }: BarsProps) {
  const value = (row: Timed) => (times ? row.p90Ms : row.count) ?? 0
  const most = Math.max(1, ...rows.map(value))
  const long = (part: number) => Math.max(part > 0 ? 0.5 : 0, (part / most) * 100)
  return (
    <section class="chart">
      <h3>{title}</h3>
      {rows.length === 0 ? (
        <p class="quiet">{texts.charts.none}</p>
      ) : (
        <>
          <div aria-hidden="true" class="bars">
            {rows.map((row) => (
              <div key={row.key}>
                <span>
                  {nameOf(row.key)}: {valueText(row, times)}
                </span>
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                  <rect class="bar slow" width={long(value(row))} height="10" />
                  {times && <rect class="bar" width={long(row.medianMs ?? 0)} height="10" />}
                </svg>
              </div>
            ))}
          </div>
          <details>
            <summary>{texts.charts.table}</summary>
            <table>
              <caption class="unseen">{title}</caption>
              <thead>
                <tr>
                  <th scope="col">{of}</th>
                  <th scope="col">{texts.charts.count}</th>
                  {times && <th scope="col">{texts.charts.median}</th>}
                  {times && <th scope="col">{texts.charts.p90}</th>}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.key}>
                    <th scope="row">{nameOf(row.key)}</th>
                    <td>{row.count ?? texts.charts.hidden}</td>
                    {times && <td>{row.medianMs === undefined ? '–' : duration(row.medianMs)}</td>}
                    {times && <td>{row.p90Ms === undefined ? '–' : duration(row.p90Ms)}</td>}
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      )}
    </section>
  )
}

function valueText(row: Timed, times: boolean): string {
  if (row.count === null) return texts.charts.hidden
  if (!times || row.medianMs === undefined || row.p90Ms === undefined) return String(row.count)
  return fill(texts.charts.both, { median: duration(row.medianMs), p90: duration(row.p90Ms) })
}
