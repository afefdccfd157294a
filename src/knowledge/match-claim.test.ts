import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadLexicons } from './lexicon.ts'
import { createClaimMatcher } from './match-claim.ts'
import { loadMyths } from './myth.ts'

const myths = await loadMyths(join(import.meta.dirname, '../../content/myths'))
const lexicons = await loadLexicons(join(import.meta.dirname, '../../content/lexicon'))
const match = createClaimMatcher(myths, lexicons.get('en'))

describe('the shipped corrections', () => {
  it.each(myths.flatMap((myth) => [myth.claim, ...myth.says].map((text) => [myth.id, text])))(
    '%s: %s',
    (id, text) => {
      expect(match(text)?.id).toBe(id)
    },
  )

  it.each(myths.flatMap((myth) => myth.spares.map((text) => [myth.id, text])))('%s spares: %s', (_, text) => {
    expect(match(text)).toBeUndefined()
  })
})
