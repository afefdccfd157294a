import type { Contact } from '../core/conversation.ts'
import type { Clock } from '../core/ports.ts'
import type { Workspace } from '../core/workspace.ts'
import { createVoice, type VoiceParts } from '../dialogs/voice.ts'
import { honestStaffing } from '../handoff/staffing.ts'
import type { ChatAbout } from './wire.ts'

/** What the first screen tells of a workspace, before anything is known of the person. */
export function aboutWorkspace(parts: VoiceParts, workspace: Workspace, clock: Clock): ChatAbout {
  const now = clock.now()
  const contact = { locale: workspace.locale, country: workspace.country } as Contact
  const voice = createVoice(parts, { contact, workspace, now })
  const emergency = parts.helplines.emergencyNumber(workspace.country)
  const staffing = voice.say(`general.staffing.${honestStaffing(workspace, now)}`, {
    count: workspace.staffCount,
    name: workspace.name,
  })
  return {
    name: workspace.name,
    demo: workspace.mode === 'demo',
    country: voice.country.name,
    lines: voice.lines(['crisis'], 1),
    staffing,
    ...(emergency ? { emergency } : {}),
    ...(workspace.privacyUrl ? { privacyUrl: workspace.privacyUrl } : {}),
  }
}
