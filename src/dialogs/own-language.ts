import { isNonEmpty } from '../core/json.ts'
import type { ReplyElement } from '../core/reply.ts'
import type { TurnContext } from '../core/turn.ts'
import type { DialogKit } from './kit.ts'
import { fillUnread } from './unread.ts'
import { bareEmergencyNumber, type Voice } from './voice.ts'

/**
 * Somebody in danger wrote in a language that Salus cannot answer in: the fixed text of that language, with the
 * numbers, goes with the reply, and says which language can be written. All of them when a word of danger was found
 * and its language could not be told.
 */
export function ownLanguage(kit: DialogKit, turn: TurnContext, voice: Voice): readonly ReplyElement[] {
  const { language, signals } = turn.triage
  const place = {
    number: bareEmergencyNumber(kit, turn),
    country: voice.country,
    line: voice.lines(['crisis'], 1)[0],
  }
  if (!language) {
    if (!signals.some(({ rule, carried }) => rule.startsWith('lexicon.') && !carried)) return []
    const others = [...kit.unread.values()].filter(({ locale }) => locale !== 'en')
    const items = others.map((text) => fillUnread(text, place))
    return isNonEmpty(items) ? [{ kind: 'list', items }] : []
  }
  const text = kit.unread.get(language)
  if (!text || kit.phrases.locales.includes(language)) return []
  // Spanish is understood, only not spoken: it must not be told that nothing was read.
  const understood = `crisis.understood.${language}`
  const own = kit.phrases.has('en', understood)
    ? { ...text, text: voice.say(understood, { emergency: '{emergency}', line: '{line}' }) }
    : text
  return [{ kind: 'paragraph', text: fillUnread(own, place) }]
}
