import type { ReplyElement } from '../core/reply.ts'
import type { Voice } from './voice.ts'

/** The questions below a closed case, and below the word of the day after. */
export const afterCase = 'after-case'

/** Below the word of the day after: one tap brings a person back. */
export function howAreYou(voice: Voice): ReplyElement {
  return {
    kind: 'choices',
    action: afterCase,
    options: [
      { value: 'fine', label: voice.say('handoff.after.fine') },
      { value: 'again', label: voice.say('handoff.after.again') },
    ],
  }
}
