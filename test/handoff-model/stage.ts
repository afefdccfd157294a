import Libsql from 'libsql'
import { databaseFile } from '../../src/config.ts'
import { isAlarm } from '../../src/core/assessment.ts'
import { asId, type ContactId, type StaffId, type Urn } from '../../src/core/ids.ts'
import type { HandoffCase, StaffAction, TranscriptLine } from '../../src/core/records.ts'
import type { Workspace } from '../../src/core/workspace.ts'
import { localWorkspace } from '../../src/open-state.ts'
import { ana, createWorld, type World } from '../world.ts'
import { alarms, type Step } from './steps.ts'

const staffIds = ['ana', 'ben', 'chi'].map((id) => asId<StaffId>(id))
const leaseMs = 30_000

/** A member of one story, and what the story knows of them. */
interface Member {
  readonly name: string
  readonly wrote: { readonly id: string; readonly text: string }[]
  /** How many lines of the transcript were looked at. */
  seen: number
  /** What they wrote since then. */
  fresh: string[]
  /** Something other than their own words may have made Salus speak since then. */
  stirred: boolean
}

/** Plays stories against Salus whole, one after the other on one world, and says what of its promises did not hold. */
export interface Stage {
  play(steps: readonly Step[]): Promise<void>
  close(): Promise<void>
}

export async function createStage(workspace: Partial<Workspace> = {}): Promise<Stage> {
  let there = true
  const world = await createWorld({ workspace, room: {}, staffThere: () => there })
  for (const id of staffIds) await world.state.store.saveStaff({ ...ana, id, name: id })
  const file = new Libsql(databaseFile(world.config), { readonly: true })
  let stories = 0
  return {
    async play(steps) {
      there = true
      world.room.outcome = undefined
      const members = [0, 1].map(
        (n): Member => ({ name: `s${stories}m${n}`, wrote: [], seen: 0, fresh: [], stirred: false }),
      )
      stories++
      const scene = { world, file, members, there: (now: boolean) => (there = now) }
      try {
        for (const step of steps) await act(scene, step)
        // However it ends: once everything works again, everything is told.
        there = true
        world.room.outcome = undefined
        await act(scene, { do: 'wait', ms: 10 * 60_000 })
      } finally {
        await clear(scene)
      }
    },
    async close() {
      file.close()
      await world.close()
    },
  }
}

interface Scene {
  readonly world: World
  readonly file: Libsql.Database
  readonly members: readonly Member[]
  readonly there: (now: boolean) => void
}

async function act(scene: Scene, step: Step): Promise<void> {
  const { world, members } = scene
  const { store } = world.state
  switch (step.do) {
    case 'write': {
      const member = members[step.member]!
      const externalId = `${member.name}-${member.wrote.length}`
      await world.room.writes(step.text, { who: member.name, surface: 'direct', externalId })
      member.wrote.push({ id: externalId, text: step.text })
      member.fresh.push(step.text)
      if (step.settles) await settle(scene)
      break
    }
    case 'act': {
      const member = members[step.member]!
      const [last] = (await casesOf(scene, member)).toSorted((a, b) => b.openedAt - a.openedAt)
      if (!last) return
      world.clock.advance(1)
      member.stirred = true
      await store.enqueue({
        key: `${member.name}/${world.clock.now()}`,
        conversation: last.conversation,
        payload: {
          kind: 'staff_action',
          staff: staffIds[step.staff]!,
          caseId: last.id,
          action: actionOf(step.action, world),
        },
        level: last.level,
        at: world.clock.now(),
      })
      break
    }
    case 'wait':
      for (const member of members) member.stirred = true
      world.clock.advance(step.ms)
      await store.fireClocks({ worker: 'stage', now: world.clock.now(), leaseMs })
      await settle(scene)
      break
    case 'sends':
      world.room.outcome =
        step.come === 'arrive'
          ? undefined
          : step.come === 'fail'
            ? { kind: 'retry', afterMs: 5_000 }
            : { kind: 'unreachable', reason: 'closed_direct' }
      break
    case 'staff':
      scene.there(step.there)
      break
    case 'crash': {
      const now = world.clock.now()
      if (step.holding === 'a turn') await store.claimNext({ worker: 'dead', now, leaseMs, lane: 'any' })
      else await store.takeDue({ worker: 'dead', now, limit: 1, leaseMs })
      await store.recover({ now, all: true })
      for (const member of members) member.stirred = true
      break
    }
    case 'settle':
      await settle(scene)
  }
}

function actionOf(kind: StaffAction['kind'], world: World): StaffAction {
  switch (kind) {
    case 'reply':
      return { kind, text: 'I am here with you.' }
    case 'note':
      return { kind, text: 'Wrote to them.' }
    case 'snooze':
      return { kind, until: world.clock.now() + 30 * 60_000 }
    default:
      return { kind } as StaffAction
  }
}

/** Lets everything run, and looks at what must hold now. */
async function settle(scene: Scene): Promise<void> {
  await scene.world.app.settle()
  for (const member of scene.members) await look(scene, member)
}

async function contactOf({ world }: Scene, member: Member): Promise<ContactId | undefined> {
  return world.state.store.contactOf(localWorkspace, asId<Urn>(`room:${member.name}`))
}

async function casesOf(scene: Scene, member: Member): Promise<readonly HandoffCase[]> {
  const contact = await contactOf(scene, member)
  const cases = await scene.world.state.store.cases(localWorkspace)
  return cases.filter(({ contactId }) => contactId === contact)
}

async function look(scene: Scene, member: Member): Promise<void> {
  const { world } = scene
  const { store } = world.state
  const key = world.room.ref('direct', member.name).key
  const conversation = await store.conversation(key)
  if (!conversation) return expect(member.wrote.length === 0, 'a member who wrote is known')
  const lines = await store.transcript(key)
  const cases = await casesOf(scene, member)
  const open = cases.filter(({ status }) => status !== 'resolved')
  const [one] = open

  const kept = new Set(lines.flatMap(({ externalId }) => externalId ?? []))
  expect(
    member.wrote.every(({ id }) => kept.has(id)),
    'no message is lost',
  )
  expect((await store.backlog()) === 0, 'nothing waits unread')
  expect(open.length <= 1, 'one open case a person')
  expect(
    cases.every(({ status, assignee }) => status !== 'claimed' || assignee !== undefined),
    'a claimed case has an owner',
  )
  expect(
    (conversation.mode === 'staff') === (one?.status === 'claimed'),
    'the bot is silent while, and only while, a person owns',
  )
  expect(
    !one || isAnswered(one) || hasClock(scene, one),
    'whoever waits for a human word has a running clock',
  )
  expect(
    staffKnow(await toldOf(scene, cases), await unreachableOf(scene, member)),
    'staff are told of an urgent word that did not arrive',
  )

  const alarmed = member.fresh.some((text) => alarms.some((alarm) => alarm === text))
  if (alarmed && !member.stirred)
    expect(one !== undefined && isAlarm(one.level), 'an alarm has a case at its level')
  if (conversation.mode === 'staff' && !member.stirred) silent(member, lines.slice(member.seen))
  member.seen = lines.length
  member.fresh = []
  member.stirred = false
}

/** The one automatic safety line, and what a command is answered. */
const allowed = /^(?:! )?(?:Automatic safety message:|I have alerted )/

function silent(member: Member, lines: readonly TranscriptLine[]): void {
  if (member.fresh.some((text) => text === 'stop' || text === 'start')) return
  const spoke = lines.filter(({ from, text }) => from === 'bot' && !allowed.test(text))
  expect(
    spoke.length === 0,
    `while a person owns the conversation the bot says the one safety line at most, not “${spoke[0]?.text}”`,
  )
}

/** Somebody owns it, and what the person wrote has had a human answer that reached them. */
function isAnswered({ status, waitingSince }: HandoffCase): boolean {
  return status === 'claimed' && waitingSince === undefined
}

function hasClock({ file }: Scene, { id, contactId }: HandoffCase): boolean {
  const found = file
    .prepare('select 1 from clocks where contact_id = ? and key = ?')
    .all(contactId, `answer/${id}`)
  return found.length > 0
}

async function toldOf({ world }: Scene, cases: readonly HandoffCase[]): Promise<number> {
  const ids = new Set<string>(cases.map(({ id }) => id))
  const audit = await world.state.store.audit(localWorkspace, 400)
  return audit.filter(
    ({ action, subject, codes }) =>
      action === 'staff_alerted' && codes.reason === 'unreachable' && ids.has(subject),
  ).length
}

/** Urgent words of the bot that could not be delivered. */
async function unreachableOf({ world }: Scene, member: Member): Promise<number> {
  const sent = await world.state.store.deliveriesSince(world.room.ref('direct', member.name).key, 0)
  return sent.filter(
    ({ status, purpose, level }) => status === 'unreachable' && purpose === 'turn' && isAlarm(level),
  ).length
}

function staffKnow(told: number, unreachable: number): boolean {
  return unreachable === 0 || told > 0
}

/** The next story starts with nothing of this one left to do. */
async function clear(scene: Scene): Promise<void> {
  const { world } = scene
  world.room.acts()
  world.alerts()
  world.logged()
  for (const member of scene.members) {
    const contact = await contactOf(scene, member)
    if (contact) await world.state.store.eraseContact(contact, world.clock.now())
  }
  await world.app.settle()
}

function expect(holds: boolean, promise: string): void {
  if (!holds) throw new Error(`broken: ${promise}`)
}
