import type { ReplyElement } from '../core/reply.ts'
import type { TurnContext } from '../core/turn.ts'
import type { Voice } from './voice.ts'

/** "Post this in the room", for somebody who moderates the room that a claim was checked in. */
export function postChoice(turn: TurnContext, voice: Voice): readonly ReplyElement[] {
  const { checks, sender } = turn.message
  if (!checks || !sender.moderates) return []
  const options = [{ value: 'post', label: voice.say('answer.claim.post') }] as const
  return [{ kind: 'choices', action: 'claim', options }]
}
