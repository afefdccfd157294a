import { useState } from 'preact/hooks'
import { duration as english } from '../shared/time.ts'
import { en, type Texts } from './texts-en.ts'
import { es } from './texts-es.ts'

type Language = 'en' | 'es'

const all: Readonly<Record<Language, Texts>> = { en, es }
/** Where the browser keeps the choice. */
const kept = 'salus-staff-language'

/** The words of the page in the language that is chosen now. */
export let texts: Texts = en

/** The language of the page, and the choice of the other; the browser's own where nobody chose. */
export function useLanguage(): readonly [Language, () => void] {
  const [language, setLanguage] = useState<Language>(() => {
    const chosen = window.localStorage.getItem(kept) ?? window.navigator.language
    return chosen.toLowerCase().startsWith('es') ? 'es' : 'en'
  })
  texts = all[language]
  document.documentElement.lang = language
  return [
    language,
    () => {
      const other = language === 'en' ? 'es' : 'en'
      window.localStorage.setItem(kept, other)
      setLanguage(other)
    },
  ]
}

/** Puts values in the place of `{names}`. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

export function topicText(topic: string): string {
  return texts.topics[topic] ?? topic.replaceAll('_', ' ')
}

export function roleText(role: string): string {
  return texts.roles[role] ?? role.replaceAll('_', ' ')
}

/** "under 1 min", "12 min", "3 h 5 min", "2 days". */
export function duration(ms: number): string {
  if (ms < 60_000) return texts.units.now
  const days = Math.floor(ms / 86_400_000)
  return days >= 2 ? fill(texts.units.days, { count: days }) : english(ms)
}
