import type { IncomingMessage, ServerResponse } from 'node:http'
import { HTTPReceiver, type InstallationStore, LogLevel, SocketModeReceiver, webApi } from '@slack/bolt'
import type { HttpRoute } from '../../core/channel-host.ts'
import type { Client } from './client.ts'
import { scopes } from './manifest.ts'
import { eventsPath, installPath, redirectPath } from './paths.ts'

export interface SlackAddresses {
  /** Web API; Slack's own when absent. */
  readonly api?: string
  /** Where people consent to an installation. */
  readonly authorize?: string
}

export interface ReceiverParts {
  readonly signingSecret?: string
  /** Socket Mode when given. */
  readonly appToken?: string
  /** OAuth installation when given. */
  readonly oauth?: {
    readonly clientId: string
    readonly clientSecret: string
    readonly stateSecret: string
    readonly redirectUri: string
  }
  readonly addresses: SlackAddresses
  readonly installations: InstallationStore
  /** Resolves to what is answered in the acknowledgement. Rejects when nothing may be acknowledged. */
  readonly handle: (body: unknown) => Promise<unknown>
  readonly report: (code: string, error?: unknown) => void
}

/** Bolt logs what it is sent; here only codes are logged. */
const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
}

/** Answers after this, whatever happens: Slack gives up after three seconds and sends again, ms. */
const lateMs = 10_000
/** Workspaces whose client is kept. */
const keptClients = 1_000

/**
 * Takes what Slack sends, over HTTP or Socket Mode. Bolt's receivers verify and acknowledge; its listeners are left
 * out, for they run after the acknowledgement and a message must be durable before it.
 */
export function createReceiver(parts: ReceiverParts) {
  const clientOptions = {
    logger: silent,
    ...(parts.addresses.api ? { slackApiUrl: parts.addresses.api } : {}),
  }
  const app = {
    async processEvent(event: { readonly body: unknown; readonly ack: (response?: never) => Promise<void> }) {
      const response = await parts.handle(event.body)
      await event.ack(response as never)
    },
  }
  const clients = new Map<string, Client>()
  const http = createHttp()
  http?.init(app as never)
  const socket = parts.appToken === undefined ? undefined : createSocket(parts.appToken)
  socket?.init(app as never)

  function createHttp() {
    if (!parts.signingSecret) return undefined
    const { oauth } = parts
    return new HTTPReceiver({
      signingSecret: parts.signingSecret,
      endpoints: [eventsPath],
      logger: silent,
      unhandledRequestTimeoutMillis: lateMs,
      processEventErrorHandler: async ({ error, response }) => {
        parts.report('slack_not_taken', error)
        // Not acknowledged: Slack sends it again.
        if (!response.headersSent) response.writeHead(503).end()
        return false
      },
      ...(oauth
        ? {
            ...oauth,
            scopes: [...scopes],
            installationStore: parts.installations,
            installerOptions: {
              redirectUriPath: redirectPath,
              installPath,
              directInstall: false,
              clientOptions,
              ...(parts.addresses.authorize ? { authorizationUrl: parts.addresses.authorize } : {}),
            },
          }
        : {}),
    })
  }

  function createSocket(appToken: string) {
    return new SocketModeReceiver({
      appToken,
      logger: silent,
      installerOptions: { clientOptions },
      processEventErrorHandler: async ({ error }) => {
        parts.report('slack_not_taken', error)
        return false
      },
    })
  }

  const listen = (request: IncomingMessage, response: ServerResponse) =>
    http?.requestListener(request, response)
  const paths: readonly (readonly ['GET' | 'POST', string])[] = http
    ? [
        ['POST', eventsPath],
        ...(parts.oauth
          ? ([
              ['GET', installPath],
              ['GET', redirectPath],
            ] as const)
          : []),
      ]
    : []
  return {
    routes: paths.map(([method, path]): HttpRoute => ({ method, path, handle: listen })),
    /** A token for a workspace, fresh where tokens rotate. Undefined when it did not install the app. */
    async tokenOf(team: string, enterprise: string | undefined): Promise<string | undefined> {
      const found = await http?.installer
        ?.authorize({
          teamId: team,
          enterpriseId: enterprise,
          isEnterpriseInstall: enterprise !== undefined,
        })
        .catch(() => undefined)
      return found?.botToken
    },
    /** Forgets the tokens of whoever removed the app. */
    async uninstalled(team: string, enterprise: string | undefined): Promise<void> {
      const whole = enterprise !== undefined
      await parts.installations.deleteInstallation?.({
        teamId: whole ? undefined : team,
        enterpriseId: enterprise,
        isEnterpriseInstall: whole,
      })
    },
    /** Kept: making one takes as long as taking a message in. */
    clientFor(token: string): Client {
      const known = clients.get(token)
      if (known) return known
      if (clients.size >= keptClients) clients.clear()
      const client = new webApi.WebClient(token, {
        ...clientOptions,
        // The outbox tries again by itself, and knows for how long.
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        timeout: 10_000,
      })
      clients.set(token, client)
      return client
    },
    start: () => socket?.start() ?? Promise.resolve(),
    stop: () => socket?.stop() ?? Promise.resolve(),
  }
}
