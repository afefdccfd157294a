import type { Lexicon } from '../knowledge/lexicon.ts'
import type { Myth } from '../knowledge/myth.ts'
import { readSaid, type Said } from '../knowledge/said.ts'
import { createWeigh, type Weighed } from '../knowledge/weigh-claim.ts'
import { wordsOf } from '../knowledge/words.ts'

/** A sentence of a correction's file, judged by a matcher that had not seen it. */
export interface HeldOut {
  readonly want: Myth
  readonly spared: boolean
  readonly said: Said
  readonly weighed: readonly Weighed[]
}

/** Splits the corrections' sentences into as many parts and judges each part by a matcher made of the others. */
export function judgeHeldOut(myths: readonly Myth[], lexicon: Lexicon, folds: number): readonly HeldOut[] {
  return Array.from({ length: folds }, (_, fold) => fold).flatMap((fold) => {
    const out = (_: unknown, index: number) => index % folds === fold
    const weigh = createWeigh(
      myths.map((myth) => without(myth, out)),
      lexicon,
    )
    return myths.flatMap((want) =>
      judge(want, want.says.filter(out), want.spares.filter(out), weigh, lexicon),
    )
  })
}

/** Judges the sentences of claims by a matcher that knows nothing of these claims: none that it knows is meant. */
export function judgeUnknown(myths: readonly Myth[], lexicon: Lexicon, folds: number): readonly HeldOut[] {
  return Array.from({ length: folds }, (_, fold) => fold).flatMap((fold) => {
    const out = (_: unknown, index: number) => index % folds === fold
    const weigh = createWeigh(
      myths.filter((one, index) => !out(one, index)),
      lexicon,
    )
    return myths.filter(out).flatMap((want) => judge(want, want.says, want.spares, weigh, lexicon))
  })
}

/** Without the sentences of one part, and without the names that only these use. */
function without(myth: Myth, out: (text: unknown, index: number) => boolean): Myth {
  const plain = (texts: readonly string[]) => texts.map((text) => ` ${wordsOf(text).join(' ')} `)
  const gone = plain(myth.says.filter(out))
  const kept = plain(myth.says.filter((text, index) => !out(text, index)))
  const only = (name: string) => {
    const phrase = ` ${wordsOf(name).join(' ')} `
    return gone.some((text) => text.includes(phrase)) && !kept.some((text) => text.includes(phrase))
  }
  return {
    ...myth,
    says: myth.says.filter((text, index) => !out(text, index)),
    spares: myth.spares.filter((text, index) => !out(text, index)),
    names: myth.names.map((group) => {
      const rest = group.filter((name) => !only(name))
      return rest.length > 0 ? rest : group
    }),
  }
}

function judge(
  want: Myth,
  says: readonly string[],
  spares: readonly string[],
  weigh: (said: Said) => readonly Weighed[],
  lexicon: Lexicon,
): readonly HeldOut[] {
  return [
    ...says.map((text) => ({ text, spared: false })),
    ...spares.map((text) => ({ text, spared: true })),
  ].map(({ text, spared }) => {
    const said = readSaid(text, lexicon)
    return { want, spared, said, weighed: weigh(said) }
  })
}
