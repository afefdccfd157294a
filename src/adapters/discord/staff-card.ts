import type { CaseCard } from '../../core/channel-host.ts'
import { limits } from './limits.ts'
import type { Button, DiscordPayload } from './render.ts'
import { clip, escapeText } from './text.ts'

const colours: Readonly<Record<CaseCard['level'], number>> = {
  emergency: 0xda373c,
  crisis: 0xda373c,
  urgent: 0xf0b232,
  unknown: 0xfee75c,
  sensitive: 0xfee75c,
  routine: 0x99aab5,
}

/** A case in the staff room: pseudonym, level, topic and who has it. No name and no words. */
export function renderCard(card: CaseCard): DiscordPayload {
  const { words, level, caseId, status } = card
  const lines = [
    `**${escapeText(words.title)}** · ${level}`,
    escapeText(words.status),
    ...(card.reason ? [`*${escapeText(card.reason)}*`] : []),
  ]
  const button = (press: string, label: string, style = 2): Button => ({
    type: 2,
    style,
    label: clip(label, limits.buttonLabel),
    custom_id: `case:${press}:${caseId}`,
  })
  const buttons = [
    ...(status === 'claimed' ? [] : [button('claim', words.claim, 1)]),
    button('open', words.open),
    button('snooze', words.snooze),
    ...(status === 'claimed' ? [button('resolve', words.resolve)] : []),
  ]
  const text = { type: 10, content: clip(lines.join('\n'), limits.messageText) } as const
  return {
    components: [
      { type: 17, accent_color: colours[level], components: [text] },
      ...(status === 'resolved' ? [] : [{ type: 1 as const, components: buttons }]),
    ],
  }
}
