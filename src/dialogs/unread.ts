import { isNonEmpty } from '../core/json.ts'
import type { Line } from '../core/reply.ts'
import type { Stage, TurnContext } from '../core/turn.ts'
import { type DialogKit, voiceOf } from './kit.ts'
import type { UnreadText } from './unread-texts.ts'
import { bareEmergencyNumber, replyOf } from './voice.ts'

/**
 * What cannot be read is not routine: a picture, a voice note, another language get fixed text with the numbers.
 * In a language that was recognised; otherwise in all of them, for nobody must have to guess.
 */
export function unreadStage(kit: DialogKit): Stage {
  return {
    name: 'unread',
    async run(turn) {
      const { body } = turn.message
      const voice = voiceOf(kit, turn)
      if (body.kind === 'attachment' && !body.caption) {
        turn.reply(
          replyOf(
            [
              voice.paragraph('general.unsupported.attachment'),
              voice.paragraph('general.unsupported.danger'),
            ],
            'sender-only',
          ),
        )
        return { kind: 'handled' }
      }
      if (turn.triage.level !== 'unknown') return { kind: 'next' }
      const own = kit.unread.get(turn.triage.language ?? '')
      const english = kit.unread.get('en')
      const texts = own ? [own, ...(english && english !== own ? [english] : [])] : [...kit.unread.values()]
      const place = placeOf(kit, turn)
      const items = texts.map((text) => fillUnread(text, place))
      if (isNonEmpty(items)) {
        turn.reply(replyOf([{ kind: 'list', items }, ...voice.helpline(['crisis'], 1)], 'sender-only'))
      }
      return { kind: 'handled' }
    },
  }
}

/** What is known of the place of the person. */
export interface UnreadPlace {
  readonly number: string | undefined
  readonly country: { readonly code: string; readonly named: boolean }
  readonly line: Line | undefined
}

export function placeOf(kit: DialogKit, turn: TurnContext): UnreadPlace {
  const voice = voiceOf(kit, turn)
  return {
    number: bareEmergencyNumber(kit, turn),
    country: voice.country,
    line: voice.lines(['crisis'], 1)[0],
  }
}

/** Fills a fixed text with numbers and with words of its own language, never with English ones. */
export function fillUnread(unread: UnreadText, place: UnreadPlace): string {
  const { number, country, line } = place
  const emergency =
    number === undefined
      ? unread.localEmergency
      : country.named
        ? number
        : `${unread.localEmergency} (${countryName(unread.locale, country.code)}: ${number})`
  return unread.text
    .replaceAll('{emergency}', emergency)
    .replaceAll('{line}', line ? waysOf(line) : unread.localLine)
}

function countryName(locale: string, code: string): string {
  return new Intl.DisplayNames([locale, 'en'], { type: 'region' }).of(code) ?? code
}

/** A line by its name and numbers alone: these need no language. */
function waysOf(line: Line): string {
  const text = line.text && `SMS ${line.text.body ? `${line.text.body} ` : ''}${line.text.to}`
  const ways = [line.phone, text, line.phone || text ? undefined : line.url].filter(
    (way) => way !== undefined,
  )
  return ways.length > 0 ? `${line.name} (${ways.join(', ')})` : line.name
}
