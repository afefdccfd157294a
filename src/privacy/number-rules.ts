import { digitsOf, dni, iban, luhn, nhs, ssn } from './checksums.ts'
import type { DetailRule } from './span.ts'

/** Units that make a number an amount, a reading or a time: those are never masked. */
const unit =
  /^\s*(?:%|°|mg|mcg|µg|ug|g\b|kg|lb|lbs|ml|l\b|cl|dl|mmol|mmhg|bpm|cm|mm|km|iu|units?|tablets?|pills?|capsules?|drops?|steps?|calories|kcal|hours?|hrs?|minutes?|mins?|days?|weeks?|months?|years?|am\b|pm\b|times|degrees?|people|cells|ng|\/\s?(?:ml|l|dl|mm))/iu
const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)'
const months =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre'
const year = '(?:19|20)\\d\\d'
const numericDate = `(?:\\d{1,2}[/.-]\\d{1,2}[/.-]${year}|${year}[/.-]\\d{1,2}[/.-]\\d{1,2})`
const spokenDate = `(?:\\d{1,2}(?:st|nd|rd|th)?(?: of| de)? (?:${months}),?(?: de| of)? ${year}|(?:${months})\\.? \\d{1,2}(?:st|nd|rd|th)?,? ${year})`
const shortDate = `(?:\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{2}|\\d{1,2}(?:st|nd|rd|th)?(?: of| de)? (?:${months})|(?:${months})\\.? \\d{1,2}(?:st|nd|rd|th)?)`

/** Details made of digits and signs. Earlier rules win where two overlap. */
export const numberRules: readonly DetailRule[] = [
  { type: 'EMAIL', pattern: /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}/dgu },
  { type: 'URL', pattern: /\b(?:https?:\/\/|www\.)[^\s<>"')\]]+/dgiu },
  {
    type: 'URL',
    pattern:
      /(?<![\p{L}\p{N}@._-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|edu|gov|mil|info|biz|io|app|dev|eu|uk|de|fr|es|nl|ch|se|dk|pl|pt|ie|ca|au|nz|jp|cn|ru|br|mx|ar|cl|fi|cz|hu|gr|ro)(?:\/[^\s<>"')\]]*)?(?![\p{L}\p{N}])/dgiu,
  },
  { type: 'IP', pattern: new RegExp(`(?<![\\d.])${octet}(?:\\.${octet}){3}(?![\\d.]*\\d)`, 'dgu') },
  {
    type: 'IP',
    pattern: /(?<![\p{L}\p{N}:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,7}(?![\p{L}\p{N}:])/dgiu,
    check: (found) => found.includes('::') || found.split(':').length === 8,
  },
  {
    type: 'ID',
    pattern: /(?<![\p{L}\p{N}])[a-z]{2}\d{2}(?: ?[a-z0-9]){11,30}(?![\p{L}\p{N}])/dgiu,
    check: iban,
  },
  {
    type: 'CARD',
    pattern: /(?<![\p{L}\p{N}-])\d(?:[ -]?\d){11,18}(?![\p{L}\p{N}-])/dgu,
    check: (found) => luhn(digitsOf(found)),
  },
  { type: 'ID', pattern: /(?<![\p{L}\p{N}-])\d{3}[- ]\d{2}[- ]\d{4}(?![\p{L}\p{N}-])/dgu, check: ssn },
  {
    type: 'ID',
    pattern: /(?<![\p{L}\p{N}-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\p{L}\p{N}-])/dgu,
    check: (found, _, before) => nhs(digitsOf(found)) && /\bnhs\b|patient|medical/iu.test(before),
  },
  {
    type: 'ID',
    pattern: /(?<![\p{L}\p{N}])(?:[xyz]|\d)[- .]?(?:\d[.]?){7}[- ]?[a-z](?![\p{L}\p{N}])/dgiu,
    check: dni,
  },
  {
    type: 'ID',
    pattern:
      /(?:\b(?:passport|driv(?:er'?s?|ing) licen[cs]e|licen[cs]e|insurance|policy|membership|patient|medical record|mrn|nhs|ssn|social security|national (?:id|insurance)|dni|nie|pasaporte|seguro|medicare|medicaid|account|bank account)(?: (?:number|no\.?|num|id|número))?(?: is| es|:|#|\s)*)\s?(?<it>[a-z]{0,3}[- ]?\d[\da-z -]{3,18}\d[a-z]?)(?![\p{L}\p{N}])/dgiu,
    check: (found, after) => digitsOf(found).length >= 5 && !unit.test(after),
  },
  {
    type: 'DATE',
    pattern: new RegExp(
      `\\b(?:born(?: on)?|birth ?day(?: is| was)?|birth ?date|date of birth|d\\.?o\\.?b\\.?|nac(?:í|ido|ida)(?: el)?|fecha de nacimiento)[ :]{0,3}(?:is |es |on |el )?(?<it>${numericDate}|${spokenDate}|${shortDate})`,
      'dgiu',
    ),
  },
  { type: 'DATE', pattern: new RegExp(`(?<![\\d/.-])${numericDate}(?![\\d/-])`, 'dgu') },
  { type: 'DATE', pattern: new RegExp(`\\b${spokenDate}(?!\\d)`, 'dgiu') },
  {
    type: 'AGE',
    pattern:
      /(?<![\p{L}\p{N}.])(?<it>9\d|1[0-2]\d)(?:[ -]?(?:years?[ -]old|yrs?[ -]old|y\/?o\b|years of age|años))/dgiu,
  },
  {
    type: 'AGE',
    pattern: /\b(?:age[d:]?|turn(?:ed|ing)?|edad:?)(?: of| is)? (?<it>9\d|1[0-2]\d)(?![\d.%/])/dgiu,
    check: (_, after) => !unit.test(after) || /^\s*years? old/iu.test(after),
  },
  {
    type: 'PHONE',
    pattern: /(?<![\p{L}\p{N}+.])\+\d{1,3}(?:[ .\-/]{0,2}\(?\d{1,5}\)?){2,6}(?![\p{L}\p{N}])/dgu,
    check: (found) => digitsOf(found).length >= 8 && digitsOf(found).length <= 15,
  },
  {
    type: 'PHONE',
    pattern:
      /(?<![\p{L}\p{N}.])(?:1[ .-]?)?\(?\d{2,5}\)?(?:[ .\-/]{1,2}\d{2,5}){1,4}(?: ?(?:x|ext\.?) ?\d{1,5})?(?![\p{L}\p{N}])/dgu,
    check: looksLikePhone,
  },
  {
    type: 'PHONE',
    pattern: /(?<![\p{L}\p{N}.])\(?0\d{2,4}\)?[ -]?\d{5,8}(?![\p{L}\p{N}])/dgu,
    check: looksLikePhone,
  },
  {
    type: 'PHONE',
    pattern:
      /\b(?:phone|telephone|tel|mobile|cell|whatsapp|fax|teléfono|móvil|call me|text me|reach me|number|número)\b[^\d\n]{0,20}(?<it>\(?\d[\d ().-]{5,16}\d)(?![\p{L}\p{N}])/dgiu,
    check: (found, after) => digitsOf(found).length >= 7 && !unit.test(after),
  },
  {
    type: 'PHONE',
    pattern: /(?<![\p{L}\p{N}.,-])\d{9,12}(?![\p{L}\p{N}]|[.,]\d)/dgu,
    check: (_, after) => !unit.test(after),
  },
]

/** Enough digits, grouped as numbers are said, and neither an amount, a range, a score nor a date. */
function looksLikePhone(found: string, after: string): boolean {
  const digits = digitsOf(found)
  if (digits.length < 8 || digits.length > 15 || unit.test(after)) return false
  if (/^(?:19|20)\d\d[ .\-/]+(?:19|20)\d\d$/.test(found)) return false
  // "98 99 97 96" is a row of readings.
  if (!/\d{4}|\(/u.test(found) && !/^0|^\d{3}[-.]\d{3}[-.]/u.test(found)) return false
  return !new RegExp(`^${numericDate}$`, 'u').test(found)
}
