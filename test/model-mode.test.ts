import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkModel } from '../src/cli/doctor/model.ts'
import { createWorld, type World } from './world.ts'

let server: Server
let bodies: string[] = []
let world: World
let url: string

/** Stands in for any server that speaks OpenAI's protocol. */
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      bodies.push(body)
      const content = 'A migraine is a strong headache.\nMoving makes a migraine worse.\nAspirin cures it.'
      response.setHeader('content-type', 'application/json')
      response.end(
        JSON.stringify({
          choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
        }),
      )
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  world = await createWorld({ env: { SALUS_MODEL: 'openai:small', OPENAI_BASE_URL: url } })
})
afterAll(async () => {
  await world.close()
  server.closeAllConnections()
  server.close()
})

describe('Salus with a language model', () => {
  it('shortens an ordinary answer, says so, and names the same sources', async () => {
    await world.type('what is a migraine')
    const said = world.said().join('\n')
    expect(said).toContain('Moving makes a migraine worse.')
    expect(said).toContain('A language model shortened this.')
    expect(said).toMatch(/Sources|Sourced/)
    expect(said).not.toContain('Aspirin cures')
    expect(said).toContain('In full')
    expect(bodies).toHaveLength(1)
  })

  it('is not asked in an emergency, nor after it', async () => {
    bodies = []
    await world.type('crushing chest pain and my left arm is numb')
    await world.type('what is a migraine')
    expect(bodies).toEqual([])
  })

  it('is asked for a word by doctor', async () => {
    const settings = { provider: 'openai', name: 'small', timeoutMs: 2_000 } as const
    expect(await checkModel({ ...settings, baseUrl: url })).toMatchObject([{ state: 'ok' }])
    expect(await checkModel({ ...settings, baseUrl: 'http://127.0.0.1:1/v1' })).toMatchObject([
      { state: 'fail' },
    ])
    expect(await checkModel(undefined)).toEqual([])
  })
})
