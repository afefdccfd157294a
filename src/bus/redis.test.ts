import { createClient } from 'redis'
import { afterEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../core/json.ts'
import type { Bus } from '../core/ports.ts'
import { createRedisBus } from './redis.ts'

const url = process.env.TEST_REDIS_URL

describe('Redis bus', () => {
  if (!url) {
    it.skipIf(process.env.SALUS_TEST_SKIP_REDIS === '1')('is there to be tested against', () => {
      expect.fail(
        'TEST_REDIS_URL is not set. Run `npm test`, which starts a Redis, or set SALUS_TEST_SKIP_REDIS=1.',
      )
    })
    return
  }
  const open: Bus[] = []
  const bus = async (origin: string) => {
    const made = await createRedisBus(url, `${origin} ${open.length} ${process.pid}`)
    open.push(made)
    return made
  }
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()))
  })
  const next = (from: Bus) =>
    new Promise<JsonObject>((resolve) => {
      from.subscribe('alarm', resolve)
    })

  it('tells every process, its own included, once', async () => {
    const [a, b] = [await bus('a'), await bus('b')]
    let own = 0
    a.subscribe('alarm', () => own++)
    const heard = next(b)
    a.publish('alarm', { contactId: 'c' })
    expect(await heard).toEqual({ contactId: 'c' })
    // What comes back of its own would have come before this round trip ends.
    const back = next(a)
    b.publish('alarm', { contactId: 'd' })
    await back
    expect(own).toBe(2)
  })

  it('takes no harm from what others write to its channels', async () => {
    const a = await bus('a')
    const heard = next(a)
    const other = createClient({ url })
    await other.connect()
    for (const junk of ['not json', '7', '{}', 'null']) await other.publish('salus:alarm', junk)
    await other.publish('salus:alarm', JSON.stringify({ origin: 'x', data: { n: 1 } }))
    expect(await heard).toEqual({ n: 1 })
    await other.close()
  })

  it('says at start that Redis cannot be reached', async () => {
    await expect(createRedisBus('redis://127.0.0.1:1', 'a')).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    })
  })
})
