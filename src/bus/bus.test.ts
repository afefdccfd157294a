import { expect, it } from 'vitest'
import { createMemoryBus } from './memory.ts'

const tick = () => new Promise((resolve) => setImmediate(resolve))

it('calls listeners of the topic alone, after the publisher has gone on', async () => {
  const bus = createMemoryBus()
  const heard: unknown[] = []
  bus.subscribe('inbox', (data) => heard.push(['inbox', data]))
  bus.subscribe('alarm', (data) => heard.push(['alarm', data]))
  bus.publish('alarm', { contactId: 'c' })
  expect(heard).toEqual([])
  await tick()
  expect(heard).toEqual([['alarm', { contactId: 'c' }]])
})

it('goes on when a listener throws, and reports it', async () => {
  const reported: unknown[] = []
  const bus = createMemoryBus((error) => reported.push(error))
  let heard = 0
  bus.subscribe('case', () => {
    throw new Error('broken listener')
  })
  bus.subscribe('case', () => heard++)
  bus.publish('case')
  await tick()
  expect([heard, reported.length]).toEqual([1, 1])
})

it('calls nobody who left, nor anybody once closed', async () => {
  const bus = createMemoryBus()
  let heard = 0
  const leave = bus.subscribe('inbox', () => heard++)
  bus.subscribe('inbox', () => heard++)
  bus.publish('inbox')
  leave()
  await tick()
  expect(heard).toBe(1)
  bus.publish('inbox')
  await bus.close()
  await tick()
  expect(heard).toBe(1)
})
