import { describe, expect, it } from 'vitest'
import { asksForTrust } from './trust.ts'

describe('asking why an answer may be trusted', () => {
  it.each([
    'why should i trust you?',
    'But how do you know that?',
    'says who',
    'Sources?',
    "what's your source",
    'who reviewed this?',
  ])('%s', (text) => expect(asksForTrust(text)).toBe(true))

  it.each([
    'sources of iron',
    'how do you know it is gout',
    'why trust the vaccine',
    'who says i cant drink milk',
    'can i trust my gp',
  ])('%s is a question of its own', (text) => expect(asksForTrust(text)).toBe(false))
})
