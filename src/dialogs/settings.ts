import type { Dialog, DialogStep, TurnContext } from '../core/turn.ts'
import { choiceOf, type DialogKit, pickedOf, plainWords, voiceOf } from './kit.ts'
import { replyOf, type Voice } from './voice.ts'

const countryWords = ['country', 'change country', 'set country', 'set my country', 'pais', 'cambiar pais']
const languageWords = [
  'language',
  'change language',
  'idioma',
  'lengua',
  'cambiar idioma',
  'espanol',
  'english',
  'ingles',
]
const waitMs = 60 * 60_000

/** Sets the person's country: never guessed, always asked. */
export function countryDialog(kit: DialogKit): Dialog {
  return {
    name: 'country',
    takesAnyWords: true,
    begins: (turn) =>
      countryWords.includes(plainWords(turn.text)) ||
      choiceOf(turn, 'country') !== undefined ||
      commandArgs(turn, 'country') !== undefined,
    async begin(turn): Promise<DialogStep> {
      const named = commandArgs(turn, 'country')
      if (named) return settle(kit, turn, named)
      turn.reply(replyOf([voiceOf(kit, turn).paragraph('commands.country.ask')]))
      return { kind: 'wait', step: 'name', expiresInMs: waitMs }
    },
    async resume(turn): Promise<DialogStep> {
      // A long answer is a new question, not a country.
      return turn.text === '' || turn.text.length > 60 ? { kind: 'pass' } : settle(kit, turn, turn.text)
    },
  }
}

function settle(kit: DialogKit, turn: TurnContext, said: string): DialogStep {
  const voice = voiceOf(kit, turn)
  const code = countryCode(said, [voice.locale, 'en', 'es'])
  if (!code) {
    turn.reply(replyOf([voice.paragraph('commands.country.unknown')]))
    return { kind: 'wait', step: 'name', expiresInMs: waitMs }
  }
  turn.emit({ type: 'contact_changed', change: { country: code } })
  const country = new Intl.DisplayNames([voice.locale], { type: 'region' }).of(code) ?? code
  const emergency = kit.helplines.emergencyNumber(code)
  turn.reply(
    replyOf([
      emergency
        ? voice.paragraph('commands.country.done', { country, emergency })
        : voice.paragraph('commands.country.no_number', { country }),
    ]),
  )
  return { kind: 'done' }
}

/** Everyday names that are not the official ones. */
const everyday: Readonly<Record<string, string>> = {
  uk: 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  britain: 'GB',
  'great britain': 'GB',
  usa: 'US',
  america: 'US',
  'the us': 'US',
  'estados unidos': 'US',
  holland: 'NL',
  'south korea': 'KR',
  uae: 'AE',
}

/** ISO 3166 alpha-2 code of a country as a person names it; undefined when it is not one. */
export function countryCode(said: string, locales: readonly string[]): string | undefined {
  const wanted = plainWords(said).replace(/^(i'?m |i am |i live )?(in )?(the )?/, '')
  const known = everyday[wanted] ?? everyday[plainWords(said)]
  if (known) return known
  const names = locales.map((locale) => new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' }))
  for (const a of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
    for (const b of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
      const code = a + b
      // Of a country that was renamed the code of today: DD is "Germany", too, and has no numbers to call.
      if (new Intl.Locale('und', { region: code }).region !== code) continue
      const own = names.map((name) => name.of(code)).filter((name) => name !== undefined)
      if (
        own.length > 0 &&
        (wanted === code.toLowerCase() || own.some((name) => plainWords(name) === wanted))
      )
        return code
    }
  }
  return undefined
}

/** Sets the person's language, of those Salus has phrases for. */
export function languageDialog(kit: DialogKit): Dialog {
  return {
    name: 'language',
    begins: (turn) =>
      languageWords.includes(plainWords(turn.text)) || commandArgs(turn, 'language') !== undefined,
    async begin(turn): Promise<DialogStep> {
      const voice = voiceOf(kit, turn)
      const picked = pickedOf(turn, 'language', options(kit))
      if (picked) return choose(kit, turn, picked)
      turn.reply(replyOf([question(kit, voice)]))
      return { kind: 'wait', step: 'pick', expiresInMs: waitMs }
    },
    async resume(turn): Promise<DialogStep> {
      const picked = pickedOf(turn, 'language', options(kit))
      return picked && kit.phrases.locales.includes(picked) ? choose(kit, turn, picked) : { kind: 'pass' }
    },
  }
}

function choose(kit: DialogKit, turn: TurnContext, locale: string): DialogStep {
  turn.emit({ type: 'contact_changed', change: { locale } })
  const language = languageName(locale)
  const text = kit.phrases.say(locale, 'commands.language.done', { language })
  turn.reply(replyOf([{ kind: 'paragraph', text }]))
  return { kind: 'done' }
}

function question(kit: DialogKit, voice: Voice) {
  const [first, ...rest] = options(kit)
  return {
    kind: 'choices' as const,
    action: 'language',
    prompt: voice.say('commands.language.ask'),
    options: [first!, ...rest] as const,
  }
}

function options(kit: DialogKit) {
  return kit.phrases.locales.map((locale) => ({ value: locale, label: languageName(locale) }))
}

function languageName(locale: string): string {
  return new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale
}

/** The arguments of a slash command of that name; undefined when it is another. */
function commandArgs(turn: TurnContext, name: string): string | undefined {
  const { body } = turn.message
  return body.kind === 'command' && body.name === name ? body.args.trim() : undefined
}
