import { asId, type DeliveryKey } from '../core/ids.ts'
import { type InboundMessage, textOf } from '../core/inbound.ts'
import type { Stage, TurnContext } from '../core/turn.ts'
import { sourcesOf, spoken } from './answer.ts'
import { corrected } from './correct-claim.ts'
import { choiceOf, type DialogKit, voiceOf } from './kit.ts'
import { roomPost } from './room-post.ts'
import { askedAbout } from './shared-place.ts'
import { createVoice, replyOf, type Voice } from './voice.ts'

/**
 * A moderator has the answer to a claim posted where the claim was made: once a day for each room and claim (or article), whoever
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
      const found = await answerTo(kit, turn, checked)
      if (!found) {
        tell('nothing_to_post')
        return { kind: 'handled' }
      }
      const post = roomPost(turn, room, found.about)
      // Of two presses at the same moment one is posted: both write the same key.
      if (await kit.wasQueued(asId<DeliveryKey>(`${post.once}/0`))) {
        tell('posted_already')
        return { kind: 'handled' }
      }
      turn.reply(replyOf([voice.paragraph('answer.claim.lead'), ...found.words], 'everyone'), {
        room: post,
        level: 'routine',
      })
      tell('posted')
      return { kind: 'handled' }
    },
  }
}

/** What everybody may read about it: the correction of the claim, else what an article says; and what that is about. */
async function answerTo(kit: DialogKit, turn: TurnContext, checked: InboundMessage) {
  const { locale } = turn.workspace
  const text = textOf(checked.body) ?? ''
  const voice = everybodysVoice(kit, turn)
  const correction = kit.correct(text, { locale, now: turn.now }, turn.workspace)
  if (correction) return { about: correction.id, words: corrected(voice, correction) }
  // Nothing that is known of the moderator chooses the words.
  const answer = await kit.answer({ text, locale, now: turn.now, withholdQuantities: true }, turn.workspace)
  if (answer.kind !== 'grounded') return undefined
  const [support] = answer.statements[0].support
  return { about: support.article, words: [...spoken(voice, answer.statements), sourcesOf(voice, answer)] }
}

function everybodysVoice(kit: DialogKit, turn: TurnContext): Voice {
  const { country: _theirs, ...contact } = turn.contact
  return createVoice(kit, { ...turn, contact: { ...contact, locale: turn.workspace.locale, minor: false } })
}
