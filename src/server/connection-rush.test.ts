import { EventEmitter } from 'node:events'
import type { Server } from 'node:http'
import { expect, it } from 'vitest'
import { createConnectionRush } from './connection-rush.ts'

const nextPass = () => new Promise((resolve) => setImmediate(resolve))

function open() {
  const server = new EventEmitter()
  let now = 0
  const clock = { now: () => now, sleep: async () => {} }
  const rushed = createConnectionRush(server as unknown as Server, clock)
  let begun = false
  const begin = () =>
    void rushed().then(() => {
      begun = true
    })
  return {
    begin,
    begun: () => begun,
    connect: () => server.emit('connection'),
    wait: (ms: number) => {
      now += ms
    },
  }
}

it('work waits while every pass brings a connection, and begins in the pass after the last', async () => {
  const { begin, begun, connect } = open()
  begin()
  for (let pass = 0; pass < 20; pass++) {
    connect()
    await nextPass()
    expect(begun()).toBe(false)
  }
  await nextPass()
  await nextPass()
  expect(begun()).toBe(true)
})

it('work does not wait for ever', async () => {
  const { begin, begun, connect, wait } = open()
  begin()
  for (let pass = 0; pass < 20; pass++) {
    connect()
    wait(10)
    await nextPass()
  }
  await nextPass()
  expect(begun()).toBe(true)
})

it('a request alone waits for one pass', async () => {
  const { begin, begun } = open()
  begin()
  await nextPass()
  await nextPass()
  expect(begun()).toBe(true)
})
