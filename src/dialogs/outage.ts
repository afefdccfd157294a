import type { Contact } from '../core/conversation.ts'
import type { Workspace } from '../core/workspace.ts'
import { createVoice, type VoiceParts } from './voice.ts'

export interface SentForm {
  /** Nothing private can be sent to the person. */
  readonly closed: boolean
  readonly alarm: boolean
  readonly locale?: string
}

/** What a filled form answers at once: it repeats nothing of what was written into it. */
export function formAnswer(
  parts: VoiceParts,
  workspace: Workspace,
  now: number,
  { closed, alarm, locale = workspace.locale }: SentForm,
): string {
  const voice = createVoice(parts, { contact: { locale } as Contact, workspace, now })
  const line = voice.line(['crisis'])
  const said = voice.say(closed ? 'channel.private.form_closed' : 'channel.private.answered')
  // Whom to call goes first: the rest may not be read.
  return alarm ? `${voice.say('channel.private.danger', { line })} ${said}` : said
}

/** The fixed reply when a message could not be stored: what an adapter says itself, without a turn. */
export function outageText(parts: VoiceParts, workspace: Workspace, now: number, alarm: boolean): string {
  // Nothing is known of the person while the database is away: the workspace's language and numbers.
  const contact = { locale: workspace.locale } as Contact
  const voice = createVoice(parts, { contact, workspace, now })
  const line = voice.line(['crisis'])
  return voice.say(alarm ? 'general.outage.alarm' : 'general.outage.other', { line })
}
