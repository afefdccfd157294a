/** Where Microsoft's connectors answer, in its clouds; a name that begins with a dot stands for what is under it. */
const services = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
  '.botframework.com',
  '.botframework.us',
]
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

export interface ServiceUrlRules {
  /** Origins allowed beside Microsoft's own. */
  readonly extra: readonly string[]
  /** Addresses that stand in for Microsoft's: another service on the same machine may answer, too. */
  readonly standIns: readonly string[]
  /** Development without authentication: this machine alone. */
  readonly development: boolean
}

/**
 * Whether Salus may answer there. Tokens and words go to that address, so that a message must not name any it likes.
 */
export function createServiceUrls({
  extra,
  standIns,
  development,
}: ServiceUrlRules): (url: string) => boolean {
  const origins = new Set(extra.map((one) => new URL(one).origin))
  const hosts = new Set(standIns.filter((one) => URL.canParse(one)).map((one) => new URL(one).hostname))
  const local = development || [...hosts].some((host) => loopback.test(host))
  return (text) => {
    if (!URL.canParse(text)) return false
    const { protocol, hostname, origin, username, password } = new URL(text)
    if (username !== '' || password !== '') return false
    if (origins.has(origin)) return true
    if (protocol !== 'https:' && protocol !== 'http:') return false
    if (loopback.test(hostname)) return local
    if (development) return false
    if (hosts.has(hostname)) return true
    return (
      protocol === 'https:' &&
      services.some((one) => (one.startsWith('.') ? hostname.endsWith(one) : hostname === one))
    )
  }
}
