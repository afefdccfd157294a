import type { Contact } from '../core/conversation.ts'
import type { Clock } from '../core/ports.ts'
import type { Workspace } from '../core/workspace.ts'
import { outageText } from '../dialogs/outage.ts'
import { createVoice, type VoiceParts } from '../dialogs/voice.ts'

/** Words that the server says without a turn, in the workspace's language and with its numbers. */
export interface ChatWords {
  /** When a message could be kept but not answered, by whether it was an alarm. */
  outage(alarm: boolean): string
  /** When somebody writes faster than can be answered; what they wrote was taken in. */
  slowDown(): string
  /** When a message was not taken in, for there were too many. */
  tooFast(): string
  /** When a message is too long to be read. */
  tooLong(): string
}

export function createWords(parts: VoiceParts, workspace: Workspace, clock: Clock): ChatWords {
  const say = (key: string) => {
    const contact = { locale: workspace.locale } as Contact
    return createVoice(parts, { contact, workspace, now: clock.now() }).say(key)
  }
  return {
    outage: (alarm) => outageText(parts, workspace, clock.now(), alarm),
    slowDown: () => say('general.slow_down'),
    tooFast: () => say('general.too_fast'),
    tooLong: () => say('general.too_long'),
  }
}
