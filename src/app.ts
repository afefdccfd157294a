import type { Config } from './config.ts'
import { type Content, loadContent } from './content.ts'
import { createArrivals } from './core/arrivals.ts'
import type { Assess } from './core/assessment.ts'
import { createEngine, type Engine } from './core/engine.ts'
import type { ContactId, WorkspaceId } from './core/ids.ts'
import type { ConversationRef } from './core/inbound.ts'
import type { Bus, ChannelAdapter, Clock, Random, Receive, SendOutcome, Store } from './core/ports.ts'
import { createReceiver } from './core/receive.ts'
import type { RenderedPart } from './core/reply.ts'
import { createDrain, type Drain } from './delivery/drain.ts'
import { createPlan } from './delivery/plan.ts'
import type { DialogKit } from './dialogs/kit.ts'
import { createPipeline } from './dialogs/pipeline.ts'
import { safeReply } from './dialogs/safe-reply.ts'
import { createHousekeeping } from './housekeeping.ts'
import type { Knowledge } from './knowledge/load.ts'
import type { ModelSettings } from './knowledge/model/open-model.ts'
import type { ModelCounts } from './knowledge/model/shorten.ts'
import { createLastResort } from './last-resort.ts'
import type { Logger } from './logger.ts'
import { lookAgain } from './look-again.ts'
import { redact } from './privacy/redact.ts'
import type { SecondOpinion } from './second-opinion/second-opinion.ts'
import type { SpillFile } from './store/spill.ts'
import type { Triage } from './triage/load.ts'
import { createVisibility } from './triage/visibility.ts'

export interface AppParts {
  readonly config: Config
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  readonly store: Store
  readonly bus: Bus
  readonly spill: SpillFile
  /** Made from the kit and the store, for adapters speak the same phrases and read the same state. */
  readonly adapters: (made: {
    readonly kit: DialogKit
    readonly store: Store
    readonly knowledge: Knowledge
    readonly assess: Assess
  }) => readonly ChannelAdapter[] | Promise<readonly ChannelAdapter[]>
  /** Reaches staff wherever they are. */
  readonly toStaff: (workspace: WorkspaceId, part: RenderedPart) => Promise<SendOutcome>
  /** May raise what the rules did not; absent: the rules alone. */
  readonly secondOpinion?: SecondOpinion
  /** Absent: read from the configured folder. */
  readonly content?: Content
  /** Where faults may be injected; used by the kill loop alone. */
  readonly checkpoint?: (name: string) => void
}

/** Salus, wired: everything a command, a server or a test needs to drive it. */
export interface App {
  readonly kit: DialogKit
  readonly triage: Triage
  readonly knowledge: Knowledge
  readonly receive: Receive
  readonly engine: Engine
  readonly drain: Drain
  /** What became of answers that a model was asked to shorten; absent: no model. */
  readonly modelCounts?: () => Readonly<ModelCounts>
  /** Recovers what a crash left, replays the spill file and starts workers, senders, clocks and adapters. */
  start(): Promise<void>
  /** Ends workers and adapters after their running work; the store stays open. */
  stop(): Promise<void>
  /** Runs and sends until nothing is due, in this call: for tests and one-shot commands. */
  settle(): Promise<void>
}

export async function createApp(parts: AppParts): Promise<App> {
  const { store, bus, clock, random, logger } = parts
  const { triage, knowledge, ...content } = parts.content ?? (await loadContent(parts.config.contentDir))
  const answer = await createAnswering(knowledge, parts.config.embeddings)
  const shortener = parts.config.model && (await createShortening(knowledge, parts.config.model, parts))
  const adapters = new Map<string, ChannelAdapter>()
  const channelOf = (ref: ConversationRef): ChannelAdapter => {
    const adapter = adapters.get(ref.channel)
    if (!adapter) throw new Error('no adapter for this channel')
    return adapter
  }
  const kit: DialogKit = {
    ...content,
    platformName: (ref) => channelOf(ref).capabilities.displayName,
    reach: (ref) => {
      const adapter = channelOf(ref)
      const { removeMemberMessage } = adapter.capabilities
      return { direct: adapter.directOf?.(ref) !== undefined, removeMemberMessage }
    },
    received: (id) => store.received(id),
    wasQueued: (key) => store.wasQueued(key),
    answer,
    ...(shortener ? { shorten: shortener.shorten } : {}),
    correct: knowledge.correct,
    pictureOf: (passage) => {
      const picture = knowledge.pictureOf(passage)
      if (!picture) return undefined
      const path = `pictures/${picture.id}.png`
      const { publicUrl } = parts.config
      // Platforms fetch pictures themselves: they reach what stands in the open, under https.
      const url = publicUrl.startsWith('https:') ? { url: `${publicUrl}/${path}` } : {}
      return { path, alt: picture.alt, ...url }
    },
    paused: (workspace) => store.paused(workspace),
    staff: (workspace) => store.staff(workspace),
    held: (contact: ContactId) => store.held(contact),
  }
  for (const adapter of await parts.adapters({ kit, store, knowledge, assess: triage.assess }))
    adapters.set(adapter.name, adapter)

  const report = (code: string, about: { readonly [key: string]: unknown; readonly error?: unknown }) => {
    const { error, ...ids } = about
    logger.error(code, ids as Record<string, string>, error)
  }
  const checkpoint = parts.checkpoint ? { checkpoint: parts.checkpoint } : {}
  const stopping = new AbortController()
  const lastResort = createLastResort({
    kit,
    store,
    clock,
    channelOf,
    toStaff: parts.toStaff,
    report,
    stopping: stopping.signal,
  })
  const receiveNow = createReceiver({
    store,
    bus,
    assess: triage.assess,
    visibility: createVisibility((text) => redact(text).spans.length > 0),
    spill: parts.spill,
    report: (code, error) => report(code, { error }),
    alarmWithoutStore: lastResort.alarm,
  })
  const arrivals = createArrivals(clock)
  const received: Receive = (message) =>
    arrivals.track(async () => {
      await lastResort.remember(message.conversation.workspace)
      return receiveNow(message)
    })
  const receive = parts.secondOpinion
    ? lookAgain(received, {
        opinion: parts.secondOpinion,
        store,
        bus,
        clock,
        report: (code, error) => report(code, { error }),
      })
    : received
  const engine = createEngine({
    store,
    bus,
    clock,
    random,
    pipeline: createPipeline(kit),
    safeReply: safeReply(kit),
    lastResort: lastResort.turn,
    plan: createPlan(channelOf, ({ contact }) => kit.phrases.say(contact.locale, 'channel.private.answered')),
    calm: arrivals.calm,
    report,
    ...checkpoint,
  })
  const drain = createDrain({
    store,
    bus,
    clock,
    random,
    channelOf,
    toStaff: parts.toStaff,
    report,
    ...checkpoint,
  })
  const shared = parts.config.databaseUrl !== undefined
  const housekeeping = createHousekeeping({
    store,
    bus,
    clock,
    random,
    shared,
    report: (code, error) => report(code, { error }),
  })

  return {
    kit,
    triage,
    knowledge,
    receive,
    engine,
    drain,
    ...(shortener ? { modelCounts: shortener.counts } : {}),
    async start() {
      await store.recover({ now: clock.now(), all: !shared })
      await parts.spill.replay(async (message) => {
        await store.accept({ message, assess: triage.assess, visibility: () => 'private', replayed: true })
      })
      engine.start(parts.config.workers)
      drain.start()
      housekeeping.start()
      for (const adapter of adapters.values()) await adapter.start(receive)
    },
    async stop() {
      stopping.abort()
      for (const adapter of adapters.values()) await adapter.stop()
      await engine.stop()
      await drain.stop()
      await housekeeping.stop()
    },
    async settle() {
      do await engine.drain()
      while ((await drain.once()) > 0)
    },
  }
}

/** A language model that may shorten what the articles say; it sees masked text. */
async function createShortening(
  knowledge: Knowledge,
  settings: ModelSettings,
  { clock, logger }: Pick<AppParts, 'clock' | 'logger'>,
) {
  const { openModel } = await import('./knowledge/model/open-model.ts')
  const { createShortener } = await import('./knowledge/model/shorten.ts')
  return createShortener({
    ask: await openModel(settings),
    articles: knowledge.articles,
    redact: (text) => redact(text).text,
    timeoutMs: settings.timeoutMs,
    now: () => clock.now(),
    report: (code) => logger.warn(code, {}),
  })
}

/** Answers by words alone, or with topics near in meaning where a sentence-embedding model is configured. */
async function createAnswering(
  knowledge: Knowledge,
  model: string | undefined,
): Promise<DialogKit['answer']> {
  if (model === undefined) return (question, workspace) => knowledge.answer(question, workspace)
  const { openEmbeddings } = await import('./knowledge/semantic.ts')
  const { createNearestTopics, withNearestTopics } = await import('./knowledge/nearest-topics.ts')
  const nearest = await createNearestTopics(knowledge, await openEmbeddings(model))
  return (question, workspace) =>
    withNearestTopics(knowledge.answer(question, workspace), () => nearest(question, workspace))
}
