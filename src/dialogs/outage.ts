import type { Contact } from '../core/conversation.ts'
import type { Workspace } from '../core/workspace.ts'
import { createVoice, type VoiceParts } from './voice.ts'

/** The fixed reply when a message could not be stored: what an adapter says itself, without a turn. */
export function outageText(parts: VoiceParts, workspace: Workspace, now: number, alarm: boolean): string {
  // Nothing is known of the person while the database is away: the workspace's language and numbers.
  const contact = { locale: workspace.locale } as Contact
  const voice = createVoice(parts, { contact, workspace, now })
  const line = voice.line(['crisis'])
  return voice.say(alarm ? 'general.outage.alarm' : 'general.outage.other', { line })
}
