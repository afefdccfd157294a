import type { types } from '@slack/bolt'
import type { CaseCard } from '../../core/channel-host.ts'
import { limits } from './limits.ts'
import type { SlackPayload } from './render.ts'
import { clip, escapeText } from './text.ts'

const marks: Readonly<Record<CaseCard['level'], string>> = {
  emergency: ':red_circle:',
  crisis: ':red_circle:',
  urgent: ':large_orange_circle:',
  unknown: ':large_yellow_circle:',
  sensitive: ':large_yellow_circle:',
  routine: ':white_circle:',
}

/** A case in the staff room: pseudonym, level, topic and who has it. No name and no words. */
export function renderCard(card: CaseCard): SlackPayload {
  const { words, level, caseId, status } = card
  const title = `${marks[level]} *${escapeText(words.title)}* · ${level}`
  const lines = [title, escapeText(words.status), ...(card.reason ? [`_${escapeText(card.reason)}_`] : [])]
  const button = (action: string, text: string, style?: 'primary'): types.Button => ({
    type: 'button',
    action_id: `case.${action}`,
    text: { type: 'plain_text', text: clip(text, limits.buttonText) },
    value: caseId,
    ...(style ? { style } : {}),
  })
  const buttons = [
    ...(status === 'claimed' ? [] : [button('claim', words.claim, 'primary')]),
    button('open', words.open),
    button('snooze', words.snooze),
    ...(status === 'claimed' ? [button('resolve', words.resolve)] : []),
  ]
  return {
    text: clip(escapeText(`${card.reason ?? words.status}: ${words.title} (${level})`), limits.fallbackText),
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: clip(lines.join('\n'), limits.sectionText) } },
      ...(status === 'resolved' ? [] : [{ type: 'actions' as const, elements: buttons }]),
    ],
  }
}
