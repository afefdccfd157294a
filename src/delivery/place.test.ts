import { describe, expect, it } from 'vitest'
import type { Level } from '../core/assessment.ts'
import type { Reply } from '../core/reply.ts'
import { placesOf } from './place.ts'

const reply = (audience: Reply['audience'], level: Level = 'routine') =>
  ({
    type: 'reply_composed',
    reply: { elements: [{ kind: 'paragraph', text: 'words' }], audience },
    purpose: 'turn',
    level,
    place: 'here',
    survivesClaim: false,
  }) as const
const group = {
  surface: 'group',
  visibility: 'public',
  capabilities: { privateReply: 'persistent' },
  hasDirect: true,
} as const

describe('where a reply is delivered', () => {
  it('stays in a direct conversation, whatever the audience', () => {
    expect(placesOf(reply('sender-only'), { ...group, surface: 'direct' })).toEqual(['here'])
  })

  it('goes to the direct conversation when it is for the person alone', () => {
    expect(placesOf(reply('sender-only'), group)).toEqual(['direct'])
    expect(placesOf({ ...reply('everyone'), place: 'private' }, group)).toEqual(['direct'])
  })

  it('answers an ordinary question where it was asked, and a personal one in private', () => {
    expect(placesOf(reply('sender-preferred'), group)).toEqual(['here'])
    expect(placesOf(reply('sender-preferred'), { ...group, visibility: 'private' })).toEqual(['direct'])
    expect(placesOf(reply('everyone'), { ...group, visibility: 'private' })).toEqual(['here'])
  })

  it('never puts what is for the person alone into a shared place', () => {
    for (const privateReply of ['persistent', 'transient', 'interaction-only', 'none'] as const) {
      const setting = { ...group, hasDirect: false, capabilities: { privateReply } }
      expect(placesOf(reply('sender-only'), setting)).toEqual(['private'])
    }
  })

  it('says what is urgent in a place that vanishes, and where it lasts', () => {
    const ephemeral = { ...group, surface: 'ephemeral' } as const
    expect(placesOf(reply('sender-only'), ephemeral)).toEqual(['here'])
    expect(placesOf(reply('sender-only', 'crisis'), ephemeral)).toEqual(['here', 'direct'])
    expect(placesOf(reply('sender-only', 'crisis'), { ...ephemeral, hasDirect: false })).toEqual(['here'])
  })
})
