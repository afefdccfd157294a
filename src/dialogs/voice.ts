import { isNonEmpty, type NonEmpty } from '../core/json.ts'
import type { Line, Reply, ReplyElement } from '../core/reply.ts'
import type { TurnContext } from '../core/turn.ts'
import { type HelplineKind, type Helplines, sayLine } from './helplines.ts'
import type { Phrases, PhraseValues } from './phrases.ts'

/** Lines that are there to talk. */
const toTalk: readonly HelplineKind[] = ['crisis', 'abuse', 'sexual-assault', 'child', 'eating', 'substances']

/** Which line stands behind each placeholder that articles and phrases may use. */
const placeholders = {
  crisis_line: { kinds: ['crisis'], unknown: 'general.place.local_line' },
  poison_line: { kinds: ['poison'], unknown: 'general.place.local_poison_line' },
  medical_advice_line: { kinds: ['medical-advice'], unknown: 'general.place.local_medical_advice_line' },
  abuse_line: { kinds: ['abuse'], unknown: 'general.place.local_abuse_line' },
  child_line: { kinds: ['child'], unknown: 'general.place.local_child_line' },
} as const satisfies Record<string, { kinds: readonly HelplineKind[]; unknown: string }>

/** Phrases, numbers and lines for one person at one moment. */
export interface Voice {
  readonly locale: string
  /** The country whose numbers are shown, and whether the person named it themselves. */
  readonly country: { readonly code: string; readonly name: string; readonly named: boolean }
  /** `line`, `emergency` and the article placeholders are filled in; own values win. */
  say(key: string, values?: PhraseValues): string
  /** Fills `{emergency}`, `{crisis_line}` … in a passage. */
  fill(text: string): string
  lines(kinds: readonly HelplineKind[], atMost?: number): readonly Line[]
  /** One line as words for a sentence, in the order of the kinds; the general phrase when none is known. */
  line(kinds: readonly HelplineKind[]): string
  helpline(kinds: readonly HelplineKind[], atMost?: number): readonly ReplyElement[]
  paragraph(key: string, values?: PhraseValues): ReplyElement
  notice(tone: 'info' | 'caution' | 'urgent', key: string, values?: PhraseValues): ReplyElement
}

/** What a voice is made from. */
export interface VoiceParts {
  readonly phrases: Phrases
  readonly helplines: Helplines
}

export function createVoice(
  parts: VoiceParts,
  turn: Pick<TurnContext, 'contact' | 'workspace' | 'now'>,
): Voice {
  const { phrases, helplines } = parts
  const { contact, workspace, now } = turn
  const locale = contact.locale
  const code = contact.country ?? workspace.country
  const country = {
    code,
    name: new Intl.DisplayNames([locale], { type: 'region' }).of(code) ?? code,
    named: contact.country !== undefined,
  }
  const number = helplines.emergencyNumber(code)

  const emergency = (): string => {
    if (!number) return phrases.say(locale, 'general.place.local_emergency')
    if (country.named) return number
    return phrases.say(locale, 'general.place.labelled_emergency', {
      emergency: number,
      country: country.name,
    })
  }
  const lines = (kinds: readonly HelplineKind[], atMost = 3): readonly Line[] => {
    // A child's own line comes first for a child, but it is no poison centre.
    const wanted: readonly HelplineKind[] =
      contact.minor && kinds.some((kind) => toTalk.includes(kind))
        ? ['child', ...kinds.filter((kind) => kind !== 'child')]
        : kinds
    return helplines
      .lines(code, wanted, now)
      .filter(({ audience }) => !(contact.minor && audience === 'adults'))
      .slice(0, atMost)
      .map((line) => sayLine(line, phrases, locale, now))
  }
  const lineOr = (kinds: readonly HelplineKind[], unknown: string): string => {
    const [first] = lines(kinds, 1)
    if (!first) return phrases.say(locale, unknown)
    // The workspace's own lines are said to be its country's to somebody who may be elsewhere.
    const key = country.named ? 'general.place.line' : 'general.place.labelled_line'
    return phrases.say(locale, key, { name: first.name, said: first.said, country: country.name })
  }
  const standing = (): Record<string, string> => ({
    emergency: emergency(),
    line: lineOr(['crisis'], 'general.place.local_line'),
    ...Object.fromEntries(
      Object.entries(placeholders).map(([name, { kinds, unknown }]) => [name, lineOr(kinds, unknown)]),
    ),
  })
  let filled: Record<string, string> | undefined
  const values = () => {
    filled ??= standing()
    return filled
  }

  const voice: Voice = {
    locale,
    country,
    say: (key, own = {}) => phrases.say(locale, key, { ...values(), country: country.name, ...own }),
    fill: (text) => text.replace(/\{([a-z_]+)\}/g, (whole, name: string) => values()[name] ?? whole),
    lines,
    line: (kinds) => lineOr(kinds, 'general.place.local_line'),
    helpline(kinds, atMost) {
      const found = lines(kinds, atMost)
      return isNonEmpty(found) ? [{ kind: 'helpline', lines: found }] : []
    },
    paragraph: (key, own) => ({ kind: 'paragraph', text: voice.say(key, own) }),
    notice: (tone, key, own) => ({ kind: 'notice', tone, text: voice.say(key, own) }),
  }
  return voice
}

/** The number to show alone, without its label; undefined when none is known. */
export function bareEmergencyNumber(
  parts: VoiceParts,
  turn: Pick<TurnContext, 'contact' | 'workspace'>,
): string | undefined {
  return parts.helplines.emergencyNumber(turn.contact.country ?? turn.workspace.country)
}

/** A reply of these elements; who may see it follows the place unless said. */
export function replyOf(
  elements: readonly ReplyElement[],
  audience: Reply['audience'] = 'sender-preferred',
  preview?: 'neutral',
): Reply {
  if (!isNonEmpty(elements)) throw new RangeError('a reply needs an element')
  return { elements: elements as NonEmpty<ReplyElement>, audience, ...(preview ? { preview } : {}) }
}
