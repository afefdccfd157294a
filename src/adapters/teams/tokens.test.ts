import { execFileSync } from 'node:child_process'
import { createHash, createVerify, X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTokens, type TokenParts, tokenUrl } from './tokens.ts'

const asked: { readonly path: string; readonly form: URLSearchParams }[] = []
let server: Server
let login: string
let answer: { status: number; body: unknown }

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
    })
    request.on('end', () => {
      asked.push({ path: request.url ?? '', form: new URLSearchParams(text) })
      response
        .writeHead(answer.status, { 'content-type': 'application/json' })
        .end(JSON.stringify(answer.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  login = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())
beforeEach(() => {
  asked.length = 0
  answer = { status: 200, body: { access_token: 'token', expires_in: 3_600 } }
})

let now = 1_000_000_000_000
const parts = (credential: TokenParts['app']['credential']): TokenParts => ({
  app: { id: 'the-app', tenant: 'the-tenant', credential },
  login,
  now: () => now,
  id: () => 'an-id',
})
const secret = { kind: 'secret', secret: 'hush' } as const

describe('a token for the connector', () => {
  it('is asked for with the secret, at the tenant, and kept until shortly before it ends', async () => {
    const tokens = createTokens(parts(secret))
    expect(await Promise.all([tokens.bearer(), tokens.bearer()])).toEqual(['token', 'token'])
    expect(asked).toHaveLength(1)
    expect(asked[0]?.path).toBe('/the-tenant/oauth2/v2.0/token')
    expect(Object.fromEntries(asked[0]?.form ?? [])).toEqual({
      grant_type: 'client_credentials',
      client_id: 'the-app',
      client_secret: 'hush',
      scope: 'https://api.botframework.com/.default',
    })
    now += 54 * 60_000
    await tokens.bearer()
    expect(asked).toHaveLength(1)
    now += 2 * 60_000
    await tokens.bearer()
    expect(asked).toHaveLength(2)
    tokens.drop()
    await tokens.bearer()
    expect(asked).toHaveLength(3)
  })

  it('that is refused says which code and no secret, and is asked for again', async () => {
    answer = {
      status: 401,
      body: { error: 'invalid_client', error_description: 'AADSTS7000215: hush is wrong' },
    }
    const tokens = createTokens(parts(secret))
    await expect(tokens.bearer()).rejects.toThrow(/^token refused: 401 AADSTS7000215$/)
    answer = { status: 200, body: { access_token: 'token', expires_in: 3_600 } }
    expect(await tokens.bearer()).toBe('token')
  })

  it('is asked for with a certificate by an assertion that the certificate proves', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'salus-certificate-'))
    try {
      const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
      const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=salus']
      execFileSync('openssl', [...made, '-keyout', key, '-out', certificate], { stdio: 'ignore' })
      const file = join(folder, 'both.pem')
      await writeFile(file, (await readFile(key, 'utf8')) + (await readFile(certificate, 'utf8')))
      await createTokens(parts({ kind: 'certificate', file })).bearer()
      const form = asked[0]?.form
      expect(form?.get('client_assertion_type')).toBe(
        'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      )
      const [head = '', body = '', signature = ''] = form?.get('client_assertion')?.split('.') ?? []
      const read = (part: string) =>
        JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>
      const known = new X509Certificate(await readFile(certificate, 'utf8'))
      const thumbprint = createHash('sha256').update(known.raw).digest('base64url')
      expect(read(head)).toEqual({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint })
      expect(read(body)).toMatchObject({
        aud: `${login}/the-tenant/oauth2/v2.0/token`,
        iss: 'the-app',
        sub: 'the-app',
        jti: 'an-id',
      })
      const proof = createVerify('sha256').update(`${head}.${body}`)
      const under = { key: known.publicKey, padding: 6, saltLength: 32 }
      expect(proof.verify(under, Buffer.from(signature, 'base64url'))).toBe(true)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})

describe('the address of the login service', () => {
  const app = { id: 'a', tenant: 't', credential: secret }
  it.each([
    [undefined, 'https://login.microsoftonline.com/t/oauth2/v2.0/token'],
    ['http://127.0.0.1:9', 'http://127.0.0.1:9/t/oauth2/v2.0/token'],
    ['http://127.0.0.1:9/of/its/own/', 'http://127.0.0.1:9/of/its/own/oauth2/v2.0/token'],
    ['http://127.0.0.1:9/token', 'http://127.0.0.1:9/token'],
  ])('%s is asked at %s', (given, url) => {
    expect(tokenUrl({ app, ...(given ? { login: given } : {}) })).toBe(url)
  })
})
