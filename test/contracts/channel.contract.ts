import { describe } from 'vitest'
import { arrivalClauses } from './channel-arrivals.ts'
import { conversationClauses } from './channel-conversation.ts'
import type { ChannelDriver } from './channel-driver.ts'
import { placeClauses } from './channel-place.ts'
import { channelSuite } from './channel-suite.ts'

/** Every promise of a channel, against its platform's double over the real path. */
export function channelContract(driver: ChannelDriver): void {
  describe(`${driver.name} keeps the promises of a channel`, () => {
    const suite = channelSuite(driver)
    conversationClauses(suite)
    arrivalClauses(suite)
    placeClauses(suite)
  })
}
