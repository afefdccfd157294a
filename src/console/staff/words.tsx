import type { CaseLine } from '../../server/wire.ts'
import { texts } from './texts.ts'

/** Longer replies of Salus are folded, characters: staff read the person first. */
const foldedFrom = 220

/** A person's words: signs marked, details masked. */
export function Words({ line }: { line: CaseLine }) {
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

/** The words, folded where Salus said much. */
export function Folded({ line }: { line: CaseLine }) {
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

export function hides(line: CaseLine): boolean {
  return line.stretches.some(({ kind }) => kind === 'hidden')
}
