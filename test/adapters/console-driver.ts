import { createHash } from 'node:crypto'
import { userInfo } from 'node:os'
import { capabilities } from '../../src/adapters/console/limits.ts'
import { type ConsolePayload, render } from '../../src/adapters/console/render.ts'
import { asId, type Urn } from '../../src/core/ids.ts'
import type { ChannelDriver, ChannelPerson, Platform } from '../contracts/channel-driver.ts'
import type { Hosted } from '../contracts/channel-host.ts'

const place = 'terminal'
const onePerson = 'a terminal has one person'

/** Somebody at a terminal. */
export const consoleDriver: ChannelDriver = {
  name: 'console',
  capabilities,
  lacks: {
    crowd: onePerson,
    rooms: onePerson,
    staff: 'staff have pages and rooms, no terminal',
    bots: onePerson,
    forgeries: 'nobody else reaches the keyboard',
    redelivery: 'a line that is typed again is another line',
    changes: 'what was typed stays typed',
    slowing: 'a terminal puts nothing off',
    connection: 'a terminal has no connection to lose',
    tenants: onePerson,
  },
  render,
  faultsOf: (part) => (wordsOf(part.payload as unknown as ConsolePayload) === '' ? ['says nothing'] : []),
  wordsOf: (part) => wordsOf(part.payload as unknown as ConsolePayload),
  open: async (salus) => terminal(salus),
}

function wordsOf({ text }: ConsolePayload): string {
  return text
}

function terminal(salus: Hosted): Platform {
  return {
    environment: {},
    faults: [],
    ready: async () => {},
    stop: async () => {},
    person: () => somebody(salus),
    heard: async () =>
      salus.written.map((words, index) => ({
        id: String(index),
        place,
        alone: true,
        words,
        labels: [...words.matchAll(/^\[\d+\] (.+)$/gm)].map(([, label = '']) => label),
      })),
    kinds: () => {
      const deliver = async (body: unknown) => {
        await salus.type(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''))
        return 'taken' as const
      }
      return [
        { name: 'words', body: { words: 'hello' }, deliver: wordsIn(deliver) },
        { name: 'a number', body: { words: '1' }, deliver: wordsIn(deliver) },
        { name: 'a command', body: { words: '/help me' }, deliver: wordsIn(deliver) },
      ]
    },
  }
}

/** A line has no form: what stands for its words is what is typed. */
function wordsIn(deliver: (body: unknown) => Promise<'taken'>) {
  return (body: unknown) =>
    deliver(typeof body === 'object' && body !== null && 'words' in body ? body.words : body)
}

function somebody(salus: Hosted): ChannelPerson {
  const account = createHash('sha256').update(userInfo().username).digest('hex').slice(0, 16)
  const never = () => Promise.reject(new Error('not at a terminal'))
  return {
    urn: () => asId<Urn>(`console:${account}`),
    direct: place,
    async say(text) {
      await salus.type(text)
      return { ack: 'taken', place, body: { text } }
    },
    mention: never,
    async ask(text) {
      await salus.type(text)
      return 'taken'
    },
    again: never,
    edit: never,
    remove: never,
    async press(on, label) {
      const [, number] =
        [...on.words.matchAll(/^\[(\d+)\] (.+)$/gm)].find(([, , found = '']) => label.test(found)) ?? []
      if (!number) throw new Error(`nothing to press: ${label}`)
      await salus.type(number)
    },
    close: () => {},
  }
}
