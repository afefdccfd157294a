import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ChannelDriver, Feature } from './channel-driver.ts'
import { type ChannelWorld, openChannelWorld } from './channel-world.ts'

/** One channel's clauses: what they run against, and how they are named. */
export interface ChannelSuite {
  readonly driver: ChannelDriver
  /** The world of the clause that runs. */
  readonly world: () => ChannelWorld
  /** A clause; left out by its name where the channel lacks what it is about. */
  clause(needs: readonly Feature[], name: string, run: (world: ChannelWorld) => Promise<void>): void
}

/**
 * Opens one world for all clauses: people differ from clause to clause. A channel of one person gets a new world for
 * each.
 */
export function channelSuite(driver: ChannelDriver): ChannelSuite {
  const alone = driver.lacks.crowd !== undefined
  let current: ChannelWorld | undefined
  const world = () => {
    if (!current) throw new Error('no world is open')
    return current
  }
  const open = async () => {
    current = await openChannelWorld(driver)
  }
  const close = async () => {
    await current?.close()
    current = undefined
  }
  if (alone) beforeEach(open)
  else beforeAll(open)
  afterEach(async () => {
    if (!current) return
    const { faults } = current.salus
    faults.away = false
    faults.idle = false
    faults.held = undefined
    expect(current.platform.faults, 'what the platform found wrong').toEqual([])
    if (alone) await close()
  })
  if (!alone) afterAll(close)
  return {
    driver,
    world,
    clause(needs, name, run) {
      const why = needs.map((one) => driver.lacks[one]).find((reason) => reason !== undefined)
      if (why === undefined) test(name, () => run(world()))
      else test.skip(`${name} (left out: ${why})`, () => {})
    },
  }
}

export const question = 'What helps a migraine?'
export const sourced = /Sourced/
/** Says something about the person who asks. */
export const personal = 'I have had a migraine for two days, what helps me?'
export const crisis = 'I want to kill myself tonight'
export const alarm = 'I took 20 paracetamol an hour ago'
