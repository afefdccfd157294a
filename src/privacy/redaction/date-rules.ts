import type { DetailRule } from '../span.ts'
import { readingBefore, unit } from './units.ts'

const months =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre|ene|abr|ago|dic'
const year = '(?:19|20)\\d\\d'
const sign = ' ?[/.\\-–] ?'
const numericDate = `(?:\\d{1,2}${sign}\\d{1,2}${sign}${year}|${year}[/.-]\\d{1,2}[/.-]\\d{1,2})`
const monthDate = `(?:\\d{1,2}(?:${sign}|\\s)(?:${months})\\.?(?:${sign}|\\s)(?:${year}|\\d\\d)|${year}-(?:${months})-\\d{1,2})`
const spokenDate = `(?:\\d{1,2}(?:st|nd|rd|th|º)? (?:of |de )?(?:${months})\\.?,? (?:de |del |of )?${year}|(?:${months})\\.? (?:the )?\\d{1,2}(?:st|nd|rd|th)?,? (?:of )?${year})`
const shortDate = `(?:\\d{1,2}${sign}\\d{1,2}${sign}\\d{2}|\\d{1,2}(?:st|nd|rd|th)?(?: of| de)? (?:${months})|(?:${months})\\.? (?:the )?\\d{1,2}(?:st|nd|rd|th)?|\\d{8}|\\d{6})`
const born =
  "born(?: on| in)?|birth ?day(?: is| was|'s)?|b-?day(?: is)?|birth ?date(?: is)?|date of birth(?: is)?|d\\.? ?o\\.? ?b\\.?(?: is)?|nac(?:í|i|ió|io|ido|ida)|fecha de nac(?:imiento|\\.)?|f\\.? ?(?:de )?nac(?:\\.|imiento)?|fdn|f\\.n\\.|cumpleaños(?: es)?|cumple(?: es)?|cumplo años"

/** Dates of birth and other whole dates. A day without its year, a month or a weekday alone says nothing about who. */
export const birthRules: readonly DetailRule[] = [
  {
    type: 'DATE',
    digits: 2,
    pattern: new RegExp(
      `(?<![\\p{L}\\p{N}])(?:${born})(?![\\p{L}\\p{N}])[ :,.=\\-–]{0,3}(?:(?:is|was|es|fue|on|el|the|día|día:) ){0,3}(?<it>${numericDate}|${monthDate}|${spokenDate}|${shortDate})(?![\\p{L}\\p{N}])`,
      'dgiu',
    ),
  },
]

export const dateRules: readonly DetailRule[] = [
  {
    type: 'DATE',
    digits: 2,
    pattern: new RegExp(
      `(?<![\\p{L}\\d/.-])(?:${numericDate}|${monthDate}|${spokenDate})(?:[ T]\\d{1,2}:\\d{2}(?::\\d{2})?Z?)?(?![\\p{L}\\d/-])`,
      'dgiu',
    ),
  },
  {
    type: 'DATE',
    digits: 2,
    pattern:
      /(?<![\d/.-])(?:[0-3]?\d\/[01]?\d\/\d\d|[01]?\d\/[0-3]?\d\/\d\d|[0-3]?\d\.[01]?\d\.\d\d|[0-3]?\d-[01]?\d-\d\d)(?![\d/.-])/dgu,
    check: isShortDate,
  },
]

function isShortDate(found: string, after: string, before: string): boolean {
  if (unit.test(after) || readingBefore.test(before)) return false
  const [day = 0, month = 0] = found.split(/[/.-]/u).map(Number)
  return (
    (day <= 31 && month <= 12 && day > 0 && month > 0) || (day <= 12 && month <= 31 && day > 0 && month > 0)
  )
}

const person =
  /\b(?:he|she|who|i|they|we|grand\w*|gran|nan|nana|granny|mum|mom|mother|dad|father|aunt|uncle|husband|wife|neighbou?r|patient|lady|man|woman|él|ella|abuel\w+|madre|padre|mamá|papá|tía|tío|señora?|vecin[oa]|bisabuel\w*|paciente|suegr[oa]|marido|esposo|esposa|mujer)\b[^\n.!?;]{0,28}$/iu

/** Ages over 89 are rare enough to tell who somebody is (HIPAA's safe harbour). */
export const ageRules: readonly DetailRule[] = [
  {
    type: 'AGE',
    digits: 2,
    pattern:
      /(?<![\p{L}\p{N}.,/-])(?<it>9\d|1[0-2]\d)(?:[ -]?(?:years?[ -]?(?:old|of age|young)|yrs?\.?[ -]?old|y\/?o|yr[ -]?old|años(?: de edad)?|añitos))(?![\p{L}\p{N}])/dgiu,
    // "para 90 años" of use and "hace 90 años" are spans of time.
    check: (_, __, before) => !/\b(?:hace|durante|for|in|en|ago|last)\s$/iu.test(before),
  },
  {
    type: 'AGE',
    digits: 2,
    pattern:
      /(?<![\p{L}])(?:aged?:?|turn(?:s|ed|ing)?|nearly|almost|edad:?(?: de)?|cumpl(?:e|ió|ir|irá|imos)|casi)(?: of| is| just| los)? (?<it>9\d|1[0-2]\d)(?![\d.%/:])/dgiu,
    check: (_, after, before) =>
      (!unit.test(after) || /^\s*(?:years? old|años)/iu.test(after)) && !readingBefore.test(before),
  },
  {
    type: 'AGE',
    digits: 2,
    pattern:
      /(?:\bis|[’']s|\bwas|\bestá|\btiene|\bcon|[,(]) (?<it>9\d|1[0-2]\d)(?=\s*(?:[.,;)!]|$|and |but |so |with |y |pero |con |now|today|this|next))/dgiu,
    check: (_, after, before) => person.test(before) && !readingBefore.test(before) && !unit.test(after),
  },
]
