import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { emptyLexicon, loadLexicons } from '../knowledge/lexicon.ts'
import { loadMyths } from '../knowledge/myth.ts'
import { meantBy, scoreOf } from '../knowledge/score-claim.ts'
import { type HeldOut, judgeHeldOut, judgeUnknown } from './held-out-claims.ts'

const content = join(import.meta.dirname, '../../content')
let known: readonly HeldOut[]
let unknown: readonly HeldOut[]

beforeAll(async () => {
  const myths = await loadMyths(join(content, 'myths'))
  const lexicon = (await loadLexicons(join(content, 'lexicon'))).get('en') ?? emptyLexicon
  known = judgeHeldOut(myths, lexicon, 3)
  unknown = judgeUnknown(myths, lexicon, 3)
})

/** The claim that is corrected, as the matcher decides on a part of a message. */
function given({ said, weighed }: HeldOut): string | undefined {
  if (!said.tells || said.stance.asks || said.stance.debunks) return undefined
  const meant = meantBy(weighed)
  return meant && scoreOf(meant) >= 0 ? meant.myth.id : undefined
}

/**
 * The weights are fixed in code and the sentences are content: should one no longer fit the other, this tells it, and
 * `scripts/fit-claims.mts` fits them again. What is held out is harder than what people write: it was made to differ.
 */
describe('sentences of the shipped corrections, by a matcher that has not seen them', () => {
  it('finds most of what people say, and hardly ever another claim', () => {
    const says = known.filter(({ spared }) => !spared)
    const right = says.filter((one) => given(one) === one.want.id).length
    const wrong = says.filter((one) => given(one) !== undefined).length - right
    expect(right / says.length).toBeGreaterThan(0.55)
    expect(wrong / says.length).toBeLessThan(0.02)
  })

  it('spares most of what was written to be mistaken for a claim', () => {
    const spares = known.filter(({ spared }) => spared)
    expect(spares.filter(given).length / spares.length).toBeLessThan(0.2)
  })

  it('keeps quiet on claims that it knows nothing of', () => {
    expect(unknown.filter(given).length / unknown.length).toBeLessThan(0.03)
  })
})
