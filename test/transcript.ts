import type { StaffAction } from '../src/core/records.ts'
import type { Reply, ReplyElement } from '../src/core/reply.ts'
import type { Workspace } from '../src/core/workspace.ts'
import { createWorld, type World } from './world.ts'

/** Longer texts are cut, unless the first line says `words: whole`: wording lives in content/phrases and in the articles. */
const shownChars = 110
const shownItemChars = 60

/** One line of a `.chat` file. */
export interface Line {
  readonly who: string
  readonly text: string
}

/** A golden transcript: settings in its first line, then what people do and what comes of it. */
export interface Transcript {
  readonly settings: Readonly<Record<string, string>>
  readonly comment: readonly string[]
  readonly lines: readonly Line[]
}

export function parseTranscript(text: string): Transcript {
  const rows = text.split('\n').filter((row) => row.trim() !== '')
  const comment = rows.filter((row) => row.startsWith('#'))
  const settings = Object.fromEntries(
    (comment[0] ?? '')
      .slice(1)
      .split('·')
      .map((pair) => pair.split(':').map((part) => part.trim()) as [string, string]),
  )
  const lines = rows
    .filter((row) => !row.startsWith('#'))
    .map((row) => {
      const match = /^(\w*)\s+(.*)$/.exec(row)
      if (!match) throw new Error(`not a transcript line: ${row}`)
      return { who: match[1] ?? '', text: match[2] ?? '' }
    })
  return { settings, comment, lines }
}

export function printTranscript({ comment, lines }: Transcript): string {
  const body = lines.map(({ who, text }, index) => {
    // A blank line before each thing a person does.
    const gap = acts(who) && index > 0 ? '\n' : ''
    return `${gap}${who.padEnd(9)}${text}`
  })
  return `${comment.join('\n')}\n\n${body.join('\n')}\n`
}

/** Plays what people do in a transcript and returns it with what really came of it. */
export async function play(transcript: Transcript): Promise<Transcript> {
  const { settings } = transcript
  const workspace: Partial<Workspace> = {
    ...(settings.country ? { country: settings.country } : {}),
    ...(settings.locale ? { locale: settings.locale } : {}),
    ...(settings.staffing ? { staffing: settings.staffing as Workspace['staffing'] } : {}),
    ...(settings.hours ? { hours: [shiftOf(settings.hours)] } : {}),
  }
  const world = await createWorld({
    workspace,
    staffThere: settings.staff !== 'away',
    ...(isRoom(settings) ? { room: {} } : {}),
  })
  try {
    const lines: Line[] = []
    for (const line of transcript.lines.filter(({ who }) => acts(who))) {
      lines.push(line)
      const chars = settings.words === 'whole' ? Number.POSITIVE_INFINITY : shownChars
      if (isRoom(settings)) {
        await performInRoom(world, line)
        lines.push(...(await consequencesInRoom(world, chars)))
        continue
      }
      await perform(world, line)
      lines.push(...(await consequences(world, chars)))
    }
    return { ...transcript, lines }
  } finally {
    await world.close()
  }
}

/** "Europe/London, 18 to 20", every day. */
function shiftOf(text: string): NonNullable<Workspace['hours']>[number] {
  const [, zone = '', from = '', to = ''] = /^(\S+), (\d\d) to (\d\d)$/.exec(text) ?? []
  return { zone, days: [1, 2, 3, 4, 5, 6, 7], from: `${from}:00`, to: `${to}:00` }
}

/** A platform with a shared room: `aloud` writes there, `contact` privately; `edits` and `deletes` change the last message. */
function isRoom(settings: Transcript['settings']): boolean {
  return settings.channel === 'a room'
}

function acts(who: string): boolean {
  return ['contact', 'staff', 'time', 'aloud', 'edits', 'deletes'].includes(who)
}

const lastWritten = new WeakMap<World, { surface: 'group' | 'direct'; id: string; changes: number }>()

async function performInRoom(world: World, line: Line): Promise<void> {
  const { who, text } = line
  if (who === 'staff' || who === 'time') return perform(world, line)
  const last = lastWritten.get(world) ?? { surface: 'group', id: 'line0', changes: 0 }
  if (who === 'edits' || who === 'deletes') {
    const { surface, id } = last
    const changes = last.changes + 1
    lastWritten.set(world, { ...last, changes })
    const change =
      who === 'edits'
        ? ({ kind: 'edited', externalId: id, text } as const)
        : ({ kind: 'deleted', externalId: id } as const)
    await world.room.does(change, { surface, externalId: `${id}/${changes}` })
  } else {
    const surface = who === 'aloud' ? 'group' : 'direct'
    const id = `line${Number(last.id.slice(4)) + 1}`
    lastWritten.set(world, { surface, id, changes: 0 })
    await world.room.writes(text, { surface, externalId: id })
  }
  await world.app.settle()
}

/** `room`: everybody there reads it; `bot`: the person alone. */
async function consequencesInRoom(world: World, chars: number): Promise<Line[]> {
  const lines: Line[] = []
  const before = shown.get(world) ?? { sequence: -1, state: '' }
  const open = await world.openCase()
  const state = open ? `${open.status} ${open.level} ${open.topic}` : ''
  if (state !== before.state) lines.push({ who: 'case', text: state === '' ? 'none' : state })
  for (const { payload } of world.alerts())
    lines.push({ who: 'alert', text: `${payload.level} ${payload.topic} (${payload.reason})` })
  for (const { act, place, text } of world.room.acts()) {
    const how = act === 'sent' ? '' : `[${act}] `
    lines.push({ who: place === 'room' ? 'room' : 'bot', text: `${how}${cut(text, chars)}` })
  }
  const view = (await world.state.store.transcript(world.room.ref('direct').key))
    .filter(({ deleted, version }) => deleted || version)
    .map(({ text, deleted, version }) => (deleted ? '(deleted)' : `(${version}) ${cut(text, chars)}`))
  const seen = view.join(' · ')
  if (seen !== '' && seen !== lastSeen.get(world)) lines.push({ who: 'view', text: seen })
  lastSeen.set(world, seen)
  shown.set(world, { ...before, state })
  return lines
}

/** What staff would read of changed and deleted messages. */
const lastSeen = new WeakMap<World, string>()

async function perform(world: World, { who, text }: Line): Promise<void> {
  if (who === 'contact') return world.type(text)
  if (who === 'time') return world.wait(Number(text.replace(/^\+(\d+)m$/, '$1')) * 60_000)
  return world.act(staffAction(text))
}

function staffAction(text: string): StaffAction {
  const [word = '', rest = ''] = text.split(/:\s*(.*)/s)
  switch (word) {
    case 'says':
      return { kind: 'reply', text: rest }
    case 'notes':
      return { kind: 'note', text: rest }
    case 'claims':
      return { kind: 'claim' }
    case 'resolves':
      return { kind: 'resolve' }
    case 'hands back':
      return { kind: 'hand_back' }
    default:
      throw new Error(`staff cannot "${word}"`)
  }
}

const shown = new WeakMap<World, { sequence: number; state: string }>()

async function consequences(world: World, chars: number): Promise<Line[]> {
  const before = shown.get(world) ?? { sequence: -1, state: '' }
  const lines: Line[] = []
  const conversation = 'console:local:person' as Parameters<typeof world.state.store.deliveriesSince>[0]
  const deliveries = await world.state.store.deliveriesSince(conversation, before.sequence)
  const open = await world.openCase()
  const state = open ? `${open.status} ${open.level} ${open.topic}${open.minor ? ' · minor' : ''}` : ''
  if (state !== before.state) lines.push({ who: 'case', text: state === '' ? 'none' : state })
  for (const { payload } of world.alerts()) {
    const minor = payload.minor ? ' · minor' : ''
    lines.push({ who: 'alert', text: `${payload.level} ${payload.topic} (${payload.reason})${minor}` })
  }
  const said = world.said()
  for (const { reply } of deliveries) if (reply) lines.push(...describe(reply, chars))
  // What was said by a turn that erased the person is kept nowhere; they read it all the same.
  if (deliveries.length === 0) for (const text of said) lines.push({ who: 'bot', text: cut(text, chars) })
  shown.set(world, { sequence: deliveries.at(-1)?.sequence ?? before.sequence, state })
  return lines
}

function describe(reply: Reply, chars: number): Line[] {
  return reply.elements.map((element, index) => ({
    who: index === 0 ? 'bot' : '',
    text: `${describeElement(element, chars)}${index === 0 && reply.audience === 'sender-only' ? '   (private)' : ''}`,
  }))
}

function describeElement(element: ReplyElement, chars: number): string {
  switch (element.kind) {
    case 'paragraph':
      return cut(element.text, chars)
    case 'notice':
      return `[notice ${element.tone}] ${cut(element.text, chars)}`
    case 'list':
      return `[list] ${element.items.map((item) => cut(item, chars === shownChars ? shownItemChars : chars)).join(' · ')}`
    case 'helpline':
      return `[helpline] ${element.lines.map(({ name }) => name).join(' · ')}`
    case 'choices':
      return `[choices] ${element.prompt ? `${element.prompt} ` : ''}· ${element.options.map(({ label }) => label).join(' · ')}`
    case 'sources':
      return `[sources] ${element.label} ${element.items.length} sources`
    case 'correction':
      return `[correction] ${element.verdict}: ${cut(element.truth, chars)}`
    case 'image':
      return `[image] ${element.alt}`
  }
}

function cut(text: string, chars: number): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > chars ? `${line.slice(0, chars).trimEnd()}…` : line
}
