import { createHash } from 'node:crypto'
import type { Answer } from '../core/answer.ts'
import { asId, type DeliveryKey } from '../core/ids.ts'
import { type InboundMessage, textOf } from '../core/inbound.ts'
import type { ReplyElement } from '../core/reply.ts'
import { roomOf } from '../core/room.ts'
import type { Stage, TurnContext } from '../core/turn.ts'
import { sourcesOf, spoken } from './answer.ts'
import { choiceOf, type DialogKit, voiceOf } from './kit.ts'
import { askedAbout } from './shared-place.ts'
import { createVoice, replyOf } from './voice.ts'

type Grounded = Extract<Answer, { kind: 'grounded' }>

/**
 * A moderator has the answer to a claim posted where the claim was made: once a day for each room and article, whoever
 * presses. It repeats nothing of the claim and names nobody.
 */
export function claimStage(kit: DialogKit): Stage {
  return {
    name: 'claim',
    async run(turn) {
      if (choiceOf(turn, 'claim') !== 'post') return { kind: 'next' }
      const voice = voiceOf(kit, turn)
      const tell = (key: string) =>
        turn.reply(replyOf([voice.paragraph(`answer.claim.${key}`)], 'sender-only'))
      const checked = await askedAbout(kit, turn)
      const room = checked?.checks
      if (!checked || !room || !checked.sender.moderates) {
        tell('moderators_only')
        return { kind: 'handled' }
      }
      const answer = await answerTo(kit, turn, checked)
      if (answer.kind !== 'grounded') {
        tell('nothing_to_post')
        return { kind: 'handled' }
      }
      const place = roomOf(room) ?? room.key
      const once = postKey(turn, place, answer)
      // Of two presses at the same moment one is posted: both write the same key.
      if (await kit.wasQueued(asId<DeliveryKey>(`${once}/0`))) {
        tell('posted_already')
        return { kind: 'handled' }
      }
      turn.reply(replyOf(posted(kit, turn, answer), 'everyone'), {
        room: { ref: room, once },
        level: 'routine',
      })
      tell('posted')
      return { kind: 'handled' }
    },
  }
}

async function answerTo(kit: DialogKit, turn: TurnContext, checked: InboundMessage): Promise<Answer> {
  const { locale } = turn.workspace
  const text = textOf(checked.body) ?? ''
  // Everybody reads it: nothing that is known of the moderator chooses the words.
  return kit.answer({ text, locale, now: turn.now, withholdQuantities: true }, turn.workspace)
}

function postKey(turn: TurnContext, place: string, answer: Grounded): DeliveryKey {
  const [support] = answer.statements[0].support
  const day = new Date(turn.now).toISOString().slice(0, 10)
  const { workspace, channel } = turn.conversation.ref
  // Keys stand in the clear: the room is not named.
  const room = createHash('sha256')
    .update(`${workspace}\n${channel}\n${place}`)
    .digest('base64url')
    .slice(0, 22)
  return asId<DeliveryKey>(`claim.${room}.${support.article}.${day}`)
}

function posted(kit: DialogKit, turn: TurnContext, answer: Grounded): ReplyElement[] {
  const { country: _theirs, ...contact } = turn.contact
  const voice = createVoice(kit, {
    ...turn,
    contact: { ...contact, locale: turn.workspace.locale, minor: false },
  })
  return [voice.paragraph('answer.claim.lead'), ...spoken(voice, answer.statements), sourcesOf(voice, answer)]
}
