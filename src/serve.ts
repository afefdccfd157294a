import { fileURLToPath } from 'node:url'
import { createWebAdapter, type WebAdapter } from './adapters/web/adapter.ts'
import { isToken, newToken } from './adapters/web/session.ts'
import { type App, createApp } from './app.ts'
import { createCaseCards } from './case-cards.ts'
import type { Served, ServeOptions } from './cli/host.ts'
import { AppError } from './core/errors.ts'
import { asId, type StaffId } from './core/ids.ts'
import type { ChannelAdapter, Clock, Random, StaffMember } from './core/ports.ts'
import { createPager } from './pager.ts'
import { createPlatforms } from './platforms.ts'
import { modelFile, startSecondOpinion } from './second-opinion/open.ts'
import { aboutWorkspace } from './server/about.ts'
import { createServer } from './server/server.ts'
import { createStaffRoom } from './server/staff-room.ts'
import { createWords } from './server/words.ts'
import { createTenants } from './tenants.ts'

/** Where the built pages lie: beside the built server, or in dist/ when the sources run as they are. */
const builtPages = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../dist/console/' : './console/', import.meta.url),
)

/** Salus with its chat page and staff page. */
export async function serve(
  options: ServeOptions & { readonly clock: Clock; readonly random: Random; readonly pagesDir?: string },
): Promise<Served & { readonly app: App }> {
  const { config, logger, state, workspace, clock, random } = options
  const room = createStaffRoom({ clock, random })
  let web: WebAdapter | undefined
  let platforms: readonly ChannelAdapter[] = []
  let staffLink: ((staff: StaffId) => string) | undefined
  const tenants = createTenants(state.store, workspace)
  const report = (code: string, error?: unknown) => logger.error(code, {}, error)
  const second = await secondOpinionOf(config, report)
  const ring = createPager({
    store: state.store,
    clock,
    ...(config.webhookSecret ? { secret: config.webhookSecret } : {}),
    publicUrl: config.publicUrl,
    fetch,
    report,
  })
  const app = await createApp({
    config,
    clock,
    random,
    logger,
    ...state,
    adapters: async ({ kit, store, knowledge, assess }) => {
      web = createWebAdapter({ workspace: workspace.id, clock, store })
      platforms = await createPlatforms(
        config,
        {
          kit,
          assess,
          knowledge,
          tenants,
          store,
          bus: state.bus,
          clock,
          random,
          staffLink: (staff) => staffLink?.(staff),
          report,
        },
        workspace.mode,
      )
      return [web, ...platforms]
    },
    toStaff: (of, part) => (part.payload.kind === 'page' ? ring(of, part) : cards.toStaff(of, part)),
    ...(second ? { secondOpinion: second.opinion } : {}),
    ...(options.content ? { content: options.content } : {}),
  })
  const cards = createCaseCards({
    store: state.store,
    bus: state.bus,
    phrases: app.kit.phrases,
    surfaces: platforms.flatMap(({ name, staff }) => (staff ? [{ channel: name, surface: staff }] : [])),
    page: room.toStaff,
    report,
  })
  if (!web) throw new Error('the web adapter was not made')
  const current = async () => (await state.store.workspace(workspace.id)) ?? workspace
  const server = createServer({
    host: config.host,
    port: config.port,
    trustProxy: config.trustProxy,
    pagesDir: options.pagesDir ?? builtPages,
    workspace: workspace.id,
    ...(publicUrlOf(config) ? { publicUrl: config.publicUrl } : {}),
    store: state.store,
    bus: state.bus,
    clock,
    random,
    assess: app.triage.assess,
    chat: { ...web, newToken: () => newToken(random), isToken },
    room,
    words: createWords(app.kit, workspace, clock),
    routes: platforms.flatMap(({ routes }) => routes ?? []),
    ...(app.modelCounts ? { modelCounts: app.modelCounts } : {}),
    about: async () => aboutWorkspace(app.kit, await current(), clock),
    report,
  })
  staffLink = server.staffLink
  const stopCards = cards.start()
  await app.start()
  const url = await server.listen().catch(async (error: unknown) => {
    await app.stop()
    throw notListening(error, config)
  })
  const member = workspace.mode === 'demo' ? await demoMember(options) : undefined
  return {
    app,
    url,
    ...(member ? { staffLink: server.staffLink(member.id) } : {}),
    staffLinkFor: (staff) => server.staffLink(staff),
    async stop() {
      await server.close()
      stopCards()
      await app.stop()
      await second?.stop()
    },
  }
}

/** An address that cannot be listened on is a setting that is wrong. */
function notListening(error: unknown, { host, port }: ServeOptions['config']): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const why = { EADDRINUSE: 'is taken', EACCES: 'may not be used', EADDRNOTAVAIL: 'is not here' }[
    String(code)
  ]
  if (!why) return error
  return new AppError('CONFIG_INVALID', `${host}:${port} ${why}`, 'Set SALUS_PORT or SALUS_HOST.')
}

/** Whoever started the demo plays its volunteer. */
async function demoMember({ state, workspace }: ServeOptions): Promise<StaffMember> {
  const member: StaffMember = {
    id: asId<StaffId>('demo'),
    workspace: workspace.id,
    name: 'Sam',
    role: 'volunteer',
    active: true,
  }
  await state.store.saveStaff(member)
  return member
}

/** The address that was set; without one the server tells its own once it listens. */
function publicUrlOf({ host, port, publicUrl }: ServeOptions['config']): string | undefined {
  return publicUrl === `http://${host}:${port}` ? undefined : publicUrl
}

/** Without it the rules stand alone: a model that cannot be opened stops nothing. */
async function secondOpinionOf(
  config: ServeOptions['config'],
  report: (code: string, error: unknown) => void,
) {
  const file = config.secondOpinion ? modelFile(config.contentDir) : undefined
  if (!file) return undefined
  return startSecondOpinion(file).catch((error: unknown) => {
    report('second_opinion_unavailable', error)
    return undefined
  })
}
