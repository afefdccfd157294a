import { isNonEmpty } from '../core/json.ts'
import type { ReplyElement } from '../core/reply.ts'
import type { TurnContext } from '../core/turn.ts'
import { type DialogKit, isMinor } from './kit.ts'
import type { SupportGroup } from './support-groups.ts'
import type { Voice } from './voice.ts'

const nearAtMost = 4
const everywhereAtMost = 2

/** Channels, groups and house rules for a topic; to somebody under age their own line as well. */
export function othersFor(
  kit: DialogKit,
  turn: TurnContext,
  voice: Voice,
  topic: string,
): readonly ReplyElement[] {
  const { topics } = kit.supportGroups
  const minor = isMinor(turn)
  const { near, everywhere } = kit.supportGroups.find(topic, voice.country.code, minor)
  const title = topics.title(topic)
  const shown = [...near.slice(0, nearAtMost), ...everywhere.slice(0, everywhereAtMost)]
  const own = ownChannels(kit, turn, topic).map(({ name, url }) => (url ? `${name} ${url}` : name))
  const country = voice.country.name
  const nearKey = voice.country.named ? 'others.near_named' : 'others.near'
  const found = shown.length > 0 || own.length > 0
  return [
    ...list(own, voice.paragraph('others.own')),
    ...list(
      near.slice(0, nearAtMost).map((group) => itemOf(voice, group)),
      voice.paragraph(nearKey, { topic: title, country }),
    ),
    ...list(
      everywhere.slice(0, everywhereAtMost).map((group) => itemOf(voice, group)),
      voice.paragraph('others.everywhere'),
    ),
    ...(found
      ? []
      : [voice.paragraph(minor ? 'others.none_minor' : 'others.none', { topic: title, country })]),
    ...(minor ? voice.helpline(['child'], 1) : []),
    ...(shown.length > 0 ? [voice.paragraph('others.read', { date: lastRead(shown) })] : []),
    ...houseRules(voice),
  ]
}

/** Whether there is anything to name for a topic. */
export function knowsOthers(kit: DialogKit, turn: TurnContext, voice: Voice, topic: string): boolean {
  const { near, everywhere } = kit.supportGroups.find(topic, voice.country.code, isMinor(turn))
  return near.length + everywhere.length + ownChannels(kit, turn, topic).length > 0
}

/** The community's channels for the topic or a wider one. */
function ownChannels({ supportGroups }: DialogKit, { workspace }: TurnContext, topic: string) {
  return (workspace.communityChannels ?? []).filter(
    (channel) => supportGroups.topics.nearness(topic, channel.topic) >= 2,
  )
}

function list(items: readonly string[], heading: ReplyElement): readonly ReplyElement[] {
  return isNonEmpty(items) ? [heading, { kind: 'list', items }] : []
}

function itemOf(voice: Voice, group: SupportGroup): string {
  const { name, offers, audience, url, ages, join = '' } = group
  const values = { name, offers, audience, join, url }
  const said =
    ages === 'unknown' || (ages.from === 0 && ages.to === undefined)
      ? voice.say('others.item', values)
      : voice.say('others.item_ages', {
          ...values,
          ages:
            ages.to === undefined
              ? voice.say('others.ages_from', { from: ages.from })
              : voice.say('others.ages_between', { from: ages.from, to: ages.to }),
        })
  return said.replace(/ {2,}/g, ' ')
}

/** The earliest: what is said of all must hold for each. */
function lastRead(groups: readonly SupportGroup[]): string {
  return groups.map(({ source }) => source.read).sort()[0] ?? ''
}

function houseRules(voice: Voice): readonly ReplyElement[] {
  const rules = ['name', 'stories', 'money'].map((rule) => voice.say(`others.rules.${rule}`))
  return [...list(rules, voice.paragraph('others.rules.title')), voice.notice('info', 'others.rules.danger')]
}
