import type { CaseCard } from '../../core/channel-host.ts'
import { type Card, type CardAction, type CardElement, card, rich, run } from './cards.ts'
import { limits } from './limits.ts'
import { clip } from './text.ts'

const marks: Readonly<Record<CaseCard['level'], string>> = {
  emergency: '🔴',
  crisis: '🔴',
  urgent: '🟠',
  unknown: '🟡',
  sensitive: '🟡',
  routine: '⚪',
}

/**
 * A case in the staff room: pseudonym, level, topic and who has it. No name and no words. Everybody sees it without
 * buttons; for staff it refreshes into one that has them.
 */
export function sharedCard(one: CaseCard, staff: readonly string[]): Card {
  const { caseId } = one
  const refresh = {
    action: { type: 'Action.Execute' as const, title: one.words.open, verb: 'case.view', data: { caseId } },
    userIds: staff.slice(0, limits.refreshUsers),
  }
  return card(bodyOf(one), one.words.title, one.status === 'resolved' ? {} : { refresh })
}

/** The same for a staff member's eyes. `note`: what came of their last press. */
export function staffCard(one: CaseCard, note?: { readonly text: string; readonly url?: string }): Card {
  const { words, status, caseId } = one
  const button = (press: string, title: string, style?: 'positive'): CardAction => ({
    type: 'Action.Execute',
    title: clip(title, limits.buttonText),
    verb: `case.${press}`,
    data: { caseId },
    ...(style ? { style } : {}),
  })
  const link: readonly CardAction[] = note?.url
    ? [{ type: 'Action.OpenUrl', title: clip(words.open, limits.buttonText), url: note.url }]
    : [button('open', words.open)]
  const actions: readonly CardAction[] = [
    ...(status === 'claimed' ? [] : [button('claim', words.claim, 'positive')]),
    ...link,
    button('snooze', words.snooze),
    ...(status === 'claimed' ? [button('resolve', words.resolve)] : []),
  ]
  const said: readonly CardElement[] = note ? [rich([run(note.text, { isSubtle: true })])] : []
  return card([...bodyOf(one), ...said], words.title, status === 'resolved' ? {} : { actions })
}

function bodyOf({ words, level, reason }: CaseCard): readonly CardElement[] {
  return [
    rich([
      run(`${marks[level]} `),
      run(clip(words.title, limits.text), { weight: 'Bolder' }),
      run(` · ${level}`),
    ]),
    rich([run(clip(words.status, limits.text))]),
    ...(reason ? [rich([run(clip(reason, limits.text), { italic: true })])] : []),
  ]
}
