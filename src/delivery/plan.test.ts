import { describe, expect, it } from 'vitest'
import { viaFor } from './plan.ts'

describe('who may see a reply', () => {
  it('sends to the place itself when it is direct, whatever the audience', () => {
    expect(viaFor('sender-only', { surface: 'direct' }, { privateReply: 'none' })).toBe('shared')
  })

  it('never puts what is for the sender only into a shared place', () => {
    for (const privateReply of ['persistent', 'transient', 'interaction-only', 'none'] as const) {
      expect(viaFor('sender-only', { surface: 'thread' }, { privateReply })).toBe('private')
    }
  })

  it('prefers a private place when the platform has one', () => {
    expect(viaFor('sender-preferred', { surface: 'group' }, { privateReply: 'transient' })).toBe('private')
    expect(viaFor('sender-preferred', { surface: 'group' }, { privateReply: 'none' })).toBe('shared')
    expect(viaFor('everyone', { surface: 'group' }, { privateReply: 'persistent' })).toBe('shared')
  })
})
