import { createConnection } from 'node:net'
import { createInterface } from 'node:readline'
import { plainText } from '../../src/adapters/shared/plain-text.ts'
import { createApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { asId, type ConversationKey, type Urn } from '../../src/core/ids.ts'
import type { ChannelAdapter, SendOutcome } from '../../src/core/ports.ts'
import { createLogger } from '../../src/logger.ts'
import { demoWorkspace, localWorkspace, openState } from '../../src/open-state.ts'
import { systemClock, systemRandom } from '../../src/system.ts'

/**
 * Salus whole, as the process that gets killed. It talks to the platform (the test) over a socket: messages come in
 * until they are acknowledged, replies go out and are confirmed. The platform ignores keys.
 */
interface FromPlatform {
  readonly type: 'message' | 'confirmed'
  readonly id: string
  readonly account?: string
  readonly text?: string
}

const socket = createConnection(Number(process.env.PLATFORM_PORT), '127.0.0.1')
const write = (data: object) => socket.write(`${JSON.stringify(data)}\n`)
const waiting = new Map<string, (outcome: SendOutcome) => void>()
let sends = 0

const platform: ChannelAdapter = {
  name: 'console',
  capabilities: {
    displayName: 'Platform',
    privateReply: 'persistent',
    openDirect: 'always',
    threads: false,
    ackWithinMs: 3_000,
    maxChoices: 10,
    maxTextChars: 10_000,
    idempotentSend: 'none',
    editSent: false,
    removeMemberMessage: 'none',
  },
  render: (reply) => [{ payload: {}, plain: plainText(reply) }],
  start: async () => {},
  stop: async () => {},
  send: (_to, _part, _via, key) =>
    new Promise((resolve) => {
      const id = `${++sends}`
      waiting.set(id, resolve)
      write({ type: 'send', id, key })
    }),
  openDirect: async () => undefined,
}

/** Dies at the n-th of these points, where the test says so: every commit has a before and an after. */
const [dieAt, dieOn] = (process.env.DIE_AT ?? '').split(':')
let passed = 0
function checkpoint(name: string): void {
  if (name === dieAt && ++passed === Number(dieOn)) process.kill(process.pid, 'SIGKILL')
}

const config = readConfig()
const parts = { clock: systemClock, random: systemRandom, logger: createLogger('silent') }
const state = await openState(config, { ...parts, makeKey: true })
await state.store.saveWorkspace(demoWorkspace('GB'))
const app = await createApp({
  ...parts,
  ...state,
  config,
  adapters: () => [platform],
  toStaff: async () => ({ kind: 'sent', externalId: 'page' }),
  checkpoint,
})
await app.start()

createInterface({ input: socket }).on('line', (line) => {
  const message = JSON.parse(line) as FromPlatform
  if (message.type === 'confirmed') {
    waiting.get(message.id)?.({ kind: 'sent', externalId: message.id })
    waiting.delete(message.id)
    return
  }
  void take(message)
})

async function take(message: FromPlatform): Promise<void> {
  const account = message.account ?? ''
  const arrival = await app.receive({
    externalId: message.id,
    conversation: {
      key: asId<ConversationKey>(`console:local:${account}`),
      workspace: localWorkspace,
      channel: 'console',
      surface: 'direct',
      route: {},
    },
    sender: { urn: asId<Urn>(`console:${account}`) },
    receivedAt: new Date(),
    body: { kind: 'text', text: message.text ?? '' },
  })
  if (arrival.kind === 'stored') write({ type: 'accepted', id: message.id })
}

write({ type: 'ready' })
