import type { DetailRule } from '../span.ts'
import { digitsOf, dni, iban, luhn, medicareAustralia, nhs, ssn } from './checksums.ts'
import { isHelpline } from './helpline-numbers.ts'
import { readingBefore, unit } from './units.ts'

const before = '(?<![\\p{L}\\p{N}-])'
const behind = '(?![\\p{L}\\p{N}-])'
/** Groups of letters and digits in which every group has a digit, or is letters that a digit follows. */
const code = '[a-z]{0,9}[-/. ]?\\d[a-z\\d]{0,24}(?:[-/. ][a-z]{0,4}\\d[a-z\\d]{0,20}|-[a-z]{1,6}){0,6}'
/** Words between what an identifier is called and the identifier. */
const filler =
  '(?:[\\s:#=.,–-]{1,3}|(?:number|numbers|no|num|nbr|nr|nº|n°|número|numero|id|code|card|plate|is|was|are|es|era|son|the|my|mi|el|la|at|hospital|clinic|clínica|del|de|en|on|ending|and|y|details|it|its)(?![\\p{L}])){0,7}'

/** What is called an identifier whenever a code follows it. */
const strong =
  "passport|pasaporte|driv(?:er'?s?|ers|ing)(?:'s)? licen[cs]e|licen[cs]e|permiso de conducir|carn[eé] de conducir|licencia de conducir|medical record|mrn|record|records|health record|chart|nhs|chi|ssn|social security|seguridad social|nuss|naf|national id|national insurance|nino|ni number|social insurance|sin|nas|tax id|taxpayer id|tax number|tin|itin|ein|npi|dea|medicare|medicaid|mbi|health card|health insurance|health number|healthcare number|ohip|phn|ihi|dva|pps|ppsn|imei|vin|iban|sort code|routing|aba|swift|dni|d\\.n\\.i\\.?|nif|nie|c\\.?i\\.?f|cip|c[eé]dula|c\\.c\\.|rut|run|curp|rfc|cuit|cuil|clave|ine|nss|cpf|cnpj|nhc|historia cl[ií]nica|n[º°o.]{1,2} de historia|n[uú]mero de historia|historia|expediente|tarjeta sanitaria|p[oó]liza|n[uú]mero de afiliad[oa]|afiliad[oa]|aadhaar|pan card|voter id|bsn|personnummer|pesel|codice fiscale|steuer-?id|versichertennummer|hospital number|hospital no|patient number|patient id|patient no|member id|membership|policy|insurance|case number|case no|file number|reference number|ref|reference|claim number|claim|account|acct|bank account|cuenta|student id|employee id|employee number|staff id|badge|prescription number|rx|booking|confirmation"
/** What is an identifier only when it is said to be a number. */
const weak =
  'patient|case|file|member|hospital|card|id|paciente|caso|tarjeta|identificaci[oó]n|documento|student|employee|staff|serial|device|ticket|order|pedido|referencia|solicitud'

/** Numbers that an authority, a bank or a hospital gave to one person. Checksums decide where nothing is said. */
export const identifierRules: readonly DetailRule[] = [
  {
    type: 'ID',
    digits: 3,
    pattern: new RegExp(`${before}[a-z]{2}\\d{2}(?: ?[a-z0-9]){11,30}${behind}`, 'dgiu'),
    check: iban,
  },
  {
    // The same with the words that follow it: IBANs come in groups of four.
    type: 'ID',
    digits: 3,
    pattern: new RegExp(`${before}[a-z]{2}\\d{2}(?: [a-z0-9]{4}){2,7}(?: [a-z0-9]{1,4})?${behind}`, 'dgiu'),
    check: (found) => digitsOf(found).length >= 10,
  },
  {
    type: 'CARD',
    digits: 12,
    pattern: new RegExp(`${before}\\d(?:[ -]?\\d){11,18}${behind}`, 'dgu'),
    check: (found) => luhn(digitsOf(found)) || /^[3-6]\d{3}([ -])\d{4}\1\d{4}\1\d{4}$/u.test(found),
  },
  {
    type: 'ID',
    digits: 3,
    pattern: new RegExp(
      `${before}\\d{3}([-.])\\d{2}\\1\\d{4}${behind}|${before}\\d{3} \\d{2} \\d{4}${behind}`,
      'dgu',
    ),
    check: (found, _, behindIt) => /[-.]/u.test(found) || (ssn(found) && !isHelpline(found, behindIt)),
  },
  {
    type: 'ID',
    digits: 3,
    pattern: new RegExp(`${before}\\d{3}[ -]?\\d{3}[ -]?\\d{4}${behind}`, 'dgu'),
    check: (found, _, behindIt) => nhs(digitsOf(found)) && /\bnhs\b|patient|medical/iu.test(behindIt),
  },
  {
    type: 'ID',
    digits: 3,
    pattern: new RegExp(`${before}\\d{4}[ -]?\\d{5}[ -]?\\d(?:[ /-]?\\d)?${behind}`, 'dgu'),
    check: (found) => medicareAustralia(digitsOf(found)),
  },
  {
    // DNI and NIE: with the right letter anywhere, with a wrong one behind the word (a typing error hides nobody).
    type: 'ID',
    digits: 3,
    pattern: /(?<![\p{L}\p{N}])(?:[xyz]|\d)[- .]?(?:\d[.]?){6,7}[- ]?[a-z](?![\p{L}\p{N}])/dgiu,
    check: dni,
  },
  {
    type: 'ID',
    digits: 3,
    pattern: new RegExp(
      `(?<![\\p{L}\\p{N}])(?:${strong})(?![\\p{L}\\p{N}])${filler}(?<![\\p{L}\\p{N}])(?<it>${code})(?![\\p{L}\\p{N}])`,
      'dgiu',
    ),
    check: isCode,
  },
  {
    type: 'ID',
    digits: 3,
    pattern: new RegExp(
      `(?<![\\p{L}\\p{N}])(?:${weak})(?:'s)? ?(?:number|no\\.?|num\\.?|nr\\.?|nº|n°|#|id|code|número|:)(?![\\p{L}\\p{N}])${filler}(?<![\\p{L}\\p{N}])(?<it>${code})(?![\\p{L}\\p{N}])`,
      'dgiu',
    ),
    check: isCode,
  },
  {
    // Plates, behind what they are called.
    type: 'ID',
    digits: 3,
    pattern: new RegExp(
      `(?<![\\p{L}])(?:licen[cs]e plates?|number plates?|plates?|registration|reg|rego|tags?|matr[ií]cula|placas?|patente|patentes|plaka|targa|plaque|kennzeichen|vrn)(?![\\p{L}])${filler}(?<![\\p{L}\\p{N}])(?<it>[A-ZÑ\\d]{1,4}(?:[- ·]?[A-ZÑ\\d]{1,4}){1,3})(?![\\p{L}\\p{N}])`,
      'dgu',
    ),
    check: (found, after) => /\d/u.test(found) && found.length >= 4 && !unit.test(after),
  },
  {
    type: 'ID',
    digits: 3,
    pattern: new RegExp(
      `(?<![\\p{L}])(?:plate|placa|matr[ií]cula|reg)(?![\\p{L}])${filler}(?<it>(?=[a-z\\d -]{0,9}\\d)[a-z\\d]{1,4}[- ]?[a-z\\d]{2,4})(?![\\p{L}\\p{N}])`,
      'dgiu',
    ),
    check: (found) =>
      /\p{L}/u.test(found) && /\d.*\d/u.test(found) && /^[a-z]*\d+[- ]?[a-z\d]*$|^[a-z]+[- ]\d/iu.test(found),
  },
  // Shapes that are hardly anything else: British plates, UK driving licences, NI numbers, US Medicare, CURP, Italian codes.
  ...[
    '[A-HJ-PR-Y][A-HJ-PR-Y]\\d{2}[ -]?[A-HJ-PR-Z]{3}',
    '[A-Z][A-Z9]{4}\\d{6}[A-Z9]{2}\\d?[A-Z]{1,2}',
    '[A-CEGHJ-PQR-TW-Z][A-CEGHJ-NPQR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]',
    '[1-9][A-Z][A-Z\\d]\\d-?[A-Z][A-Z\\d]\\d-?[A-Z]{2}\\d{2}',
    '[A-Z]{4}\\d{6}[HM][A-Z]{5}[A-Z\\d]\\d',
    '[A-Z]{6}\\d{2}[A-Z]\\d{2}[A-Z]\\d{3}[A-Z]',
    '[A-Z]{5}\\d{4}[A-Z]',
    '[0-3]\\d[01]\\d{3}[-+A-FU-Y]\\d{3}[\\dA-FHJ-NPR-Y]',
    '\\d{1,2}\\.\\d{3}\\.\\d{3}-[\\dKk]',
    '\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}',
    '\\d{2}-\\d{8}-\\d',
    '\\d{6}[-+]\\d{4}(?:\\d{3})?',
  ].map(
    (shape): DetailRule => ({
      type: 'ID',
      digits: 2,
      pattern: new RegExp(`${before}${shape}${behind}`, 'dgu'),
    }),
  ),
  {
    // Six digits and more with letters among them.
    type: 'ID',
    digits: 3,
    pattern: new RegExp(
      `${before}(?=[a-z\\d]{0,19}\\d)[a-z\\d]{7,24}(?:-[a-z\\d]{1,12}){0,3}${behind}`,
      'dgiu',
    ),
    check: (found, after) =>
      digitsOf(found).length >= 6 &&
      /\p{L}/u.test(found) &&
      !unit.test(found.replace(/^\d+/u, '')) &&
      !unit.test(after),
  },
]

function isCode(found: string, after: string, behindIt: string): boolean {
  const digits = digitsOf(found).length
  if (digits < 4 || unit.test(after) || readingBefore.test(behindIt)) return false
  // "record 2019" is a year; "insurance 5000 mg" was caught by its unit.
  return (
    !/^(?:19|20)\d\d$/u.test(found.trim()) && (digits >= 5 || /\p{L}/u.test(found) || digits === found.length)
  )
}
