import { isAlarm } from '../../core/assessment.ts'
import type { CaseCard, ChannelHost } from '../../core/channel-host.ts'
import { asId, type CaseId, type DeliveryKey, type WorkspaceId } from '../../core/ids.ts'
import type { ConversationRef, InboundBody, InboundMessage } from '../../core/inbound.ts'
import type { JsonObject } from '../../core/json.ts'
import type { ChannelAdapter, Receive } from '../../core/ports.ts'
import type { StaffAction } from '../../core/records.ts'
import type { RenderedPart } from '../../core/reply.ts'
import { createClosedChats } from '../shared/closed-chats.ts'
import { type Activity, localeOf } from './activity.ts'
import { Authentication } from './authentication.ts'
import { cardType } from './cards.ts'
import { createConnector } from './connector.ts'
import { formTask, lastWord, saidBy } from './forms.ts'
import { type CasePress, parseInvoke, type TeamsInvoke } from './invoke.ts'
import { capabilities } from './limits.ts'
import { filledBy, type OthersWords } from './others-words.ts'
import { parseActivity, type TeamsEvent } from './parse.ts'
import { accountOf, directRef, placeOf, refOf, roomOfPlace, type TeamsPlace, urnOf } from './place.ts'
import { createPosting } from './posting.ts'
import { type Answer, createReceiver } from './receiver.ts'
import { render } from './render.ts'
import { articleToInsert, foundArticles } from './search.ts'
import { createServiceUrls } from './service-urls.ts'
import { staffCard } from './staff-card.ts'
import { createStaffRoom } from './staff-room.ts'
import { defanged } from './text.ts'
import { type Credential, createTokens } from './tokens.ts'
import { personalWelcome, roomNotice } from './welcome.ts'

/** How long "Snooze" in a staff room puts a case off, ms. */
const snoozeMs = 60 * 60_000
/** How long a press waits for the case to move, so that the card that answers it is not of before, ms. */
const moveMs = 1_500
/** How long a form waits to hear whether somebody can be written to, ms; Teams waits for five seconds. */
const reachMs = 1_500
/** An installation is told in two ways; greeted once in this time, ms. */
const greetOnceMs = 10 * 60_000

export interface TeamsParts {
  /** Absent: development, without authentication. */
  readonly app?: { readonly id: string; readonly tenant: string; readonly credential: Credential }
  readonly serviceUrls: readonly string[]
  readonly addresses: { readonly metadata?: string; readonly login?: string; readonly issuer?: string }
  readonly host: ChannelHost
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<void>
  /** An unguessable id. */
  readonly id: () => string
  /** Whether Salus is in that conversation already. */
  readonly known: (ref: ConversationRef) => Promise<boolean>
}

/** Microsoft Teams: personal chats, group chats and channels of one tenant or of several. */
export function createTeamsAdapter(parts: TeamsParts): ChannelAdapter {
  const { host, app, addresses } = parts
  const development = app === undefined
  const mayCall = createServiceUrls({
    extra: parts.serviceUrls,
    standIns: [addresses.metadata, addresses.login].filter((one) => one !== undefined),
    development,
  })
  const tokens = app
    ? createTokens({ ...parts, app, ...(addresses.login ? { login: addresses.login } : {}) })
    : undefined
  const connector = createConnector({ ...(tokens ? { tokens } : {}), mayCall, now: parts.now })
  const routes = createReceiver({
    authentication: new Authentication({ ...(app ? { app } : {}), addresses, mayCall, now: parts.now }),
    development,
    handle,
    report: host.report,
  })
  const room = createStaffRoom({ host, connector })
  /** Where each workspace's tenant was last heard from: for whoever wrote nothing yet. */
  const tenants = new Map<string, string>()
  const greeted = new Map<string, number>()
  const closed = createClosedChats()
  const posting = createPosting({ connector, closed })
  let receive: Receive | undefined

  /** Takes in whatever Teams sent. Rejects when Teams must send it again. */
  async function handle(activity: Activity): Promise<Answer | undefined> {
    const options = { now: parts.now(), ...(app ? { home: app.tenant } : {}) }
    if (activity.type === 'invoke') {
      const call = parseInvoke(activity, options)
      return 'ignored' in call ? { status: 501 } : onInvoke(call, localeOf(activity).locale)
    }
    const event = parseActivity(activity, options)
    if (!('ignored' in event)) await onEvent(event)
    return undefined
  }

  async function workspaceOf(place: TeamsPlace): Promise<WorkspaceId> {
    const workspace = await host.workspaceOf({ id: place.tenant })
    const { tenant, serviceUrl, bot } = place
    const told = JSON.stringify({ tenant, serviceUrl, bot })
    if (tenants.get(workspace) !== told) {
      tenants.set(workspace, told)
      later('teams_tenant_not_kept', () =>
        host.settings.saveSetting(workspace, 'installation', `teams/${tenant}`, { tenant, serviceUrl, bot }),
      )
    }
    return workspace
  }

  async function onEvent(event: TeamsEvent): Promise<void> {
    const { place } = event
    const workspace = await workspaceOf(place)
    if (place.scope === 'personal' && event.kind !== 'removed') {
      connector.remember(place, place.conversation)
      closed.opened(urnOf(place))
    }
    switch (event.kind) {
      case 'message': {
        const caseId = await room.caseAt(workspace, place)
        // Under a case's card staff write to the person, or to each other: none of it is a question to Salus.
        if (caseId) return relay(workspace, caseId, event)
        const conversation = refOf(workspace, place)
        const message: InboundMessage = {
          externalId: event.externalId,
          conversation,
          sender: { urn: urnOf(place) },
          receivedAt: event.at,
          ...(event.locale ? { locale: event.locale } : {}),
          body: event.body,
        }
        const known = event.addressed === 'thread' && (await parts.known(conversation))
        if (event.addressed === 'yes' || known) await take(message)
        else if (event.body.kind === 'text') await host.watch(message, take)
        return
      }
      case 'room':
        return setRoom(workspace, event)
      case 'staff_text':
        return say(place, (await room.setText(workspace, event)).text)
      case 'staff_room':
        return say(place, await room.link(workspace, event))
      case 'link':
        return say(place, (await host.linkStaff(workspace, urnOf(place), event.code)).text)
      case 'installed':
        later('teams_welcome_failed', () => greet(workspace, place, event.locale))
        return
      case 'removed':
        greeted.delete(place.conversation)
        if (place.scope === 'personal') connector.forget(place)
        else await room.removed(workspace, place)
        return
    }
  }

  /** Words under a case's card, for the person; what came of it is told there. */
  async function relay(
    workspace: WorkspaceId,
    caseId: CaseId,
    { place, body, externalId }: Extract<TeamsEvent, { kind: 'message' }>,
  ): Promise<void> {
    if (body.kind !== 'text' || !(await room.showsWords(workspace))) return
    const urn = urnOf(place)
    const told = await host.relay({ workspace, urn, caseId, text: body.text, externalId })
    if (told.kind === 'refused') await say(place, told.text)
  }

  /** Teams does not tell a bot who owns a team: linked staff decide. The room hears of its watch from Salus, or is not watched. */
  async function setRoom(
    workspace: WorkspaceId,
    { place, setting, on }: Extract<TeamsEvent, { kind: 'room' }>,
  ): Promise<void> {
    const urn = urnOf(place)
    if (!(await room.isStaff(workspace, urn))) return say(place, host.say('channel.room.staff_only'))
    const set = (change: object) => host.setRoom(workspace, roomOfPlace(place), change, urn)
    const { notice } = await set({ [setting]: on })
    if (notice === undefined) return say(place, host.say('channel.room.saved'))
    later('teams_notice_failed', async () => {
      const outcome = await connector.send(place.serviceUrl, place.conversation, { text: defanged(notice) })
      if (on && outcome.kind !== 'sent') await set({ watch: false })
    })
  }

  async function onInvoke(call: TeamsInvoke, locale: string | undefined): Promise<Answer> {
    const { place } = call
    const workspace = await workspaceOf(place)
    const of = locale ? { locale } : {}
    switch (call.kind) {
      case 'search':
        return ok(foundArticles(await host.query(workspace, { ...call, kind: 'topics', ...of })))
      case 'insert':
        return ok(articleToInsert(await host.query(workspace, { kind: 'article', id: call.id, ...of })))
      case 'view_case':
      case 'case':
        return onCase(workspace, call)
      case 'form':
        return ok(formTask(call.form, host.say, locale, call.about))
      case 'check':
        return ok(
          await takeFilled(
            workspace,
            call,
            locale,
            [{ name: 'check', body: checkedWords(call.text) }],
            await checked(workspace, place),
          ),
        )
      case 'filled':
        return ok(
          await takeFilled(
            workspace,
            call,
            locale,
            saidBy(call.form, call.fields),
            filledBy(workspace, call),
          ),
        )
    }
  }

  /** Where a claim stands, and whether who checks it may have the answer posted there: linked staff may. */
  async function checked(workspace: WorkspaceId, place: TeamsPlace): Promise<OthersWords> {
    if (place.scope === 'personal') return {}
    return { checks: refOf(workspace, place), moderates: await room.isStaff(workspace, urnOf(place)) }
  }

  /** What was written into a form is answered in the personal chat. */
  async function takeFilled(
    workspace: WorkspaceId,
    { place, externalId }: TeamsInvoke,
    locale: string | undefined,
    said: readonly { readonly name: string; readonly body: InboundBody }[],
    about: OthersWords = {},
  ): Promise<JsonObject> {
    const of = locale ? { locale } : {}
    const unreached = isClosed(place)
    let alarm = false
    for (const { name, body } of said) {
      const heard = await take({
        externalId: `${externalId}/${name}`,
        conversation: directRef(workspace, place),
        sender: { urn: urnOf(place), ...(about.moderates ? { moderates: true } : {}) },
        receivedAt: new Date(parts.now()),
        ...of,
        ...(about.checks ? { checks: about.checks } : {}),
        ...(about.others ? { others: about.others } : {}),
        ...(about.writtenIn ? { writtenIn: about.writtenIn } : {}),
        body,
      })
      alarm ||= heard
    }
    return lastWord(host.formAnswer(workspace, { closed: await unreached, alarm, ...of }))
  }

  /** Whether it is known that nothing can be sent to somebody in their personal chat. */
  async function isClosed(place: TeamsPlace): Promise<boolean> {
    if (place.scope === 'personal') return false
    if (closed.has(urnOf(place))) return true
    const opened = await Promise.race([connector.openChat(place), parts.sleep(reachMs)])
    return typeof opened === 'object' && opened.kind === 'unreachable'
  }

  async function onCase(
    workspace: WorkspaceId,
    call: Extract<TeamsInvoke, { kind: 'case' | 'view_case' }>,
  ): Promise<Answer> {
    const urn = urnOf(call.place)
    const caseId = asId<CaseId>(call.caseId)
    const shown = await room.cardOf(workspace, caseId)
    const staff = await room.isStaff(workspace, urn)
    if (call.kind === 'view_case') {
      if (!shown || !staff)
        return told(host.say(staff ? 'channel.pressed.gone' : 'channel.pressed.not_linked'))
      return ok({ statusCode: 200, type: cardType, value: staffCard(shown) })
    }
    const { press, externalId } = call
    const pressed =
      press === 'open'
        ? await host.openCase(workspace, urn, caseId)
        : await host.press({ workspace, urn, caseId, action: actionOf(press), externalId })
    if (pressed.kind === 'refused' || !shown) return told(pressed.text)
    const url = 'url' in pressed && typeof pressed.url === 'string' ? { url: pressed.url } : {}
    // The link stands behind the button: in words it would be read aloud and copied.
    const text = 'url' in url ? host.say('channel.pressed.open_here') : pressed.text
    const now = press === 'open' ? shown : await changed(workspace, shown)
    return ok({ statusCode: 200, type: cardType, value: staffCard(now, { text, ...url }) })
  }

  /** The case's card once the press has moved it, or as it was when that takes long. */
  async function changed(workspace: WorkspaceId, before: CaseCard): Promise<CaseCard> {
    const until = parts.now() + moveMs
    for (;;) {
      const now = await room.cardOf(workspace, before.caseId)
      if (now && JSON.stringify(now) !== JSON.stringify(before)) return now
      if (parts.now() >= until) return before
      await parts.sleep(25)
    }
  }

  function actionOf(press: Exclude<CasePress, 'open'>): StaffAction {
    return press === 'snooze' ? { kind: press, until: parts.now() + snoozeMs } : { kind: press }
  }

  /**
   * Durable when it resolves, to whether it is an alarm. With the database down the fixed reply goes out from here.
   */
  async function take(message: InboundMessage): Promise<boolean> {
    if (!receive) throw new Error('the Teams adapter is not started')
    const arrival = await receive(message)
    const alarm = isAlarm(arrival.assessment.level)
    if (arrival.kind !== 'spilled') return alarm
    const source = `${message.conversation.key}/${message.externalId}`
    const { workspace } = message.conversation
    const reply = await host.outage(workspace, { source, alarm })
    if (!reply) return alarm
    const direct = directRef(workspace, placeOf(message.conversation))
    // Danger gets its fixed words where it was told of, too: they name nobody, and nothing private may arrive.
    const open = alarm && message.conversation.surface !== 'direct' ? [message.conversation] : []
    for (const ref of [direct, ...open]) {
      for (const part of render(reply))
        later('teams_outage_reply_failed', () => posting.post(ref, part, source))
    }
    return alarm
  }

  /** Nobody is kept waiting for what may fail. */
  function later(code: string, work: () => Promise<unknown>): void {
    void work().catch((error: unknown) => host.report(code, error))
  }

  async function say({ serviceUrl, conversation }: TeamsPlace, text: string): Promise<void> {
    later('teams_answer_failed', () =>
      connector.send(serviceUrl, conversation, { text: defanged(text), textFormat: 'plain' }),
    )
  }

  async function greet(workspace: WorkspaceId, place: TeamsPlace, locale: string | undefined): Promise<void> {
    const now = parts.now()
    for (const [old, at] of greeted) if (now - at >= greetOnceMs) greeted.delete(old)
    if (greeted.has(place.conversation)) return
    greeted.set(place.conversation, now)
    const page = { kind: 'home', urn: urnOf(place), ...(locale ? { locale } : {}) } as const
    const message =
      place.scope === 'personal'
        ? personalWelcome(await host.query(workspace, page), host.say, locale)
        : roomNotice(host.say, locale)
    await connector.send(place.serviceUrl, place.conversation, message)
  }

  return {
    name: 'teams',
    capabilities,
    routes,
    staff: room.surface,
    render,
    directOf: (of) => directRef(of.workspace, placeOf(of)),
    async start(into) {
      receive = into
    },
    async stop() {
      receive = undefined
    },
    async send(to, part: RenderedPart, via, key: DeliveryKey) {
      // Everybody has a personal chat here: nothing private is sent to a shared place.
      if (via === 'private' && to.surface !== 'direct')
        return { kind: 'unreachable', reason: 'closed_direct' }
      return posting.post(to, part, key)
    },
    editSent: posting.edit,
    async openDirect(urn) {
      const account = accountOf(urn)
      if (!account) return undefined
      const workspace = await host.workspaceOf({ id: account.tenant })
      const known = await host.settings.setting(workspace, 'installation', `teams/${account.tenant}`)
      if (!known) return undefined
      const place = { ...account, serviceUrl: String(known.serviceUrl), bot: String(known.bot) }
      return directRef(workspace, place)
    },
  }
}

/** A picture, a voice: it is said that it cannot be read. */
function checkedWords(text: string): InboundBody {
  return text === '' ? { kind: 'attachment', mime: 'application/octet-stream' } : { kind: 'text', text }
}

function ok(body: unknown): Answer {
  return { status: 200, body }
}

function told(text: string): Answer {
  return ok({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text })
}
