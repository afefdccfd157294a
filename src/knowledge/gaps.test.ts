import { describe, expect, it } from 'vitest'
import { gapsIn } from './gaps.ts'

const asked = (person: string, text: string) => ({ person, text, reason: 'no_match' })

describe('questions that nothing answered', () => {
  const questions = [
    asked('a', 'what helps with vertigo when i turn over'),
    asked('b', 'Vertigo for weeks, what is it'),
    asked('c', 'why do i have vertigo in the morning'),
    asked('c', 'vertigo again, please'),
    asked('d', 'is sarcoidosis hereditary'),
    asked('e', '[NAME] has sarcoidosis'),
  ]

  it('are grouped by what several people asked about', () => {
    expect(gapsIn(questions, { fewest: 3 })).toEqual([
      { words: ['vertigo'], people: 3, questions: 4, reasons: { no_match: 4 } },
    ])
  })

  it('show no word that fewer people wrote', () => {
    const shown = JSON.stringify(gapsIn(questions, { fewest: 3 }))
    expect(shown).not.toMatch(/sarcoidosis|morning|weeks|NAME/i)
    expect(gapsIn(questions, { fewest: 2 }).map(({ words }) => words[0])).toEqual(['vertigo', 'sarcoidosis'])
  })

  it('count one person once, however often they ask', () => {
    expect(
      gapsIn([asked('a', 'vertigo'), asked('a', 'vertigo?'), asked('a', 'vertigo!')], { fewest: 2 }),
    ).toEqual([])
  })
})
