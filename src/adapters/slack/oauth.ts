import type { IncomingMessage, ServerResponse } from 'node:http'
import { HTTPReceiver, type Installation } from '@slack/bolt'
import type { ChannelHost, HttpRoute } from '../../core/channel-host.ts'
import { type Installations, idOf } from './installations.ts'
import { silent } from './logger.ts'
import { scopes } from './manifest.ts'
import { installPath, redirectPath } from './paths.ts'

export interface OauthSettings {
  readonly clientId: string
  readonly clientSecret: string
  readonly stateSecret: string
  readonly redirectUri: string
}

export interface OauthParts {
  readonly oauth: OauthSettings
  readonly addresses: { readonly api?: string; readonly authorize?: string }
  readonly installations: Installations
  readonly host: Pick<ChannelHost, 'say' | 'report'>
  readonly installed: (id: string) => void
}

/** The pages by which a workspace or an organisation installs the app. Bolt makes and checks the state. */
export function installRoutes(parts: OauthParts): readonly HttpRoute[] {
  const { oauth, addresses, host, installations } = parts

  async function storeInstallation(installation: Installation): Promise<void> {
    const id = idOf(installation)
    if (id === undefined) throw new Error('an installation of nobody')
    await installations.save(id, installation)
    parts.installed(id)
  }

  const receiver = new HTTPReceiver({
    ...oauth,
    // Events come another way: here only people come, with a browser.
    signingSecret: '-',
    logger: silent,
    scopes: [...scopes],
    installationStore: {
      storeInstallation,
      fetchInstallation: () => Promise.reject(new Error('looked up elsewhere')),
    },
    installerOptions: {
      redirectUriPath: redirectPath,
      installPath,
      directInstall: false,
      clientOptions: {
        retryConfig: { retries: 0 },
        timeout: 10_000,
        ...(addresses.api ? { slackApiUrl: addresses.api } : {}),
      },
      renderHtmlForInstallPath: (url) => page(host.say('channel.slack.install'), url),
      callbackOptions: {
        success: (installation, _options, _request, response) => {
          const open = installation.appId
            ? `slack://app?team=${installation.team?.id ?? ''}&id=${installation.appId}`
            : 'slack://open'
          answer(response, 200, page(host.say('channel.slack.installed'), open))
        },
        failure: (error, _options, _request, response) => {
          host.report('slack_install_failed', error)
          answer(response, statuses[error.code] ?? 500, page(host.say('channel.slack.not_installed')))
        },
      },
      ...(addresses.authorize ? { authorizationUrl: addresses.authorize } : {}),
    },
  })
  const handle = (request: IncomingMessage, response: ServerResponse) =>
    receiver.requestListener(request, response)
  return [installPath, redirectPath].map((path): HttpRoute => ({ method: 'GET', path, handle }))
}

/** What the person or whoever forged the request did; anything else is a fault of ours or of Slack. */
const statuses: Readonly<Record<string, number>> = {
  slack_oauth_missing_state: 400,
  slack_oauth_invalid_state: 400,
  slack_oauth_missing_code: 400,
  slack_oauth_installer_authorization_error: 400,
}

function answer(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(html)
}

function page(words: string, url?: string): string {
  const text = escaped(words)
  const body = url ? `<a href="${escaped(url)}">${text}</a>` : text
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Salus</title><body><p>${body}</p></body></html>`
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
