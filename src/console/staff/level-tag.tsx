import type { CaseItem } from '../../server/wire.ts'
import { texts } from './texts.ts'

/** The level in words, with a shape of its own: never by colour alone. */
const shapes: Readonly<Record<CaseItem['level'], string>> = {
  emergency: '▲▲',
  crisis: '▲',
  urgent: '◆',
  unknown: '?',
  sensitive: '●',
  routine: '○',
}

export function LevelTag({ level }: { level: CaseItem['level'] }) {
  return (
    <span class={`tag level-${level}`}>
      <span aria-hidden="true">{shapes[level]}</span>
      {texts.levels[level]}
    </span>
  )
}
