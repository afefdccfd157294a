import { describe, expect, it } from 'vitest'
import { createServiceUrls } from './service-urls.ts'

const real = createServiceUrls({ extra: [], standIns: [], development: false })

describe('the addresses at which Salus answers', () => {
  it.each([
    'https://smba.trafficmanager.net/emea/7e7a0000-0000-4000-8000-000000000002/',
    'https://smba.infra.gcc.teams.microsoft.com/gcc/',
    'https://europe.botframework.com/',
  ])('takes %s', (url) => expect(real(url)).toBe(true))

  it.each([
    'http://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://evil.example/smba.trafficmanager.net/',
    'https://evilbotframework.com/',
    'https://user:pass@smba.trafficmanager.net/',
    'https://trafficmanager.net/',
    'https://other.trafficmanager.net/',
    'http://127.0.0.1:3978/',
    'http://localhost/',
    'http://169.254.169.254/metadata/',
    'file:///etc/passwd',
    'nonsense',
    '',
  ])('takes no %j', (url) => expect(real(url)).toBe(false))

  it('takes this machine where what stands in for Microsoft is on it', () => {
    const local = createServiceUrls({
      extra: [],
      standIns: ['http://127.0.0.1:9/openid'],
      development: false,
    })
    expect(local('http://localhost:56150/_connector')).toBe(true)
    expect(local('http://10.0.0.1/')).toBe(false)
    expect(local('https://smba.trafficmanager.net/emea/')).toBe(true)
  })

  it('takes the host that stands in, and what is configured', () => {
    const given = createServiceUrls({
      extra: ['https://proxy.example:8443/teams'],
      standIns: ['https://login.stand-in.example/keys'],
      development: false,
    })
    expect(given('https://login.stand-in.example:99/x')).toBe(true)
    expect(given('https://proxy.example:8443/anything')).toBe(true)
    expect(given('https://proxy.example/anything')).toBe(false)
  })

  it('takes this machine alone in development', () => {
    const open = createServiceUrls({ extra: [], standIns: [], development: true })
    expect(open('http://localhost:56150/_connector')).toBe(true)
    expect(open('https://smba.trafficmanager.net/emea/')).toBe(false)
  })
})
