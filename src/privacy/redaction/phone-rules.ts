import type { DetailRule } from '../span.ts'
import { digitsOf } from './checksums.ts'
import { isHelpline } from './helpline-numbers.ts'
import { readingBefore, unit } from './units.ts'

const cue =
  'phone|telephone|tel|tf|tfno|tlf|tlfn|telf|mobile|mob|cell ?phone|cell|landline|handset|whats ?app|wa|fax|desk|home|work|office|pager|number|num|nr|teléfono|telefono|móvil|movil|celular|cel|fijo|número|numero|llám[ae]\\w*|llama\\w*|marca|contáct\\w*|contact\\w*|call|ring|text|reach|dial|sms|registered|answer\\w*|reached|available|mi (?:número|numero)|escríbe\\w*'
const digitsApart = '\\(?\\+?\\d(?:[ ().\\-/–]{0,3}\\d){5,15}'

/**
 * Telephone numbers of any country. Whether a number was ever given out is not asked: one that is mistyped, or of a
 * range that a library does not know yet, tells as much about who wrote it.
 */
export const phoneRules: readonly DetailRule[] = [
  {
    type: 'PHONE',
    digits: 6,
    pattern:
      /(?<![\p{L}\p{N}+.])(?:\+|00)[1-9]\d{0,3}(?:[ .\-/–]{0,2}\(?\d{1,5}\)?){2,7}(?: ?(?:x|ext\.?|#) ?\d{1,6})?(?![\p{L}\p{N}])/dgu,
    check: (found, _, before) => isLong(found, 8) && !isHelpline(found, before),
  },
  {
    type: 'PHONE',
    digits: 6,
    pattern: new RegExp(
      `(?<![\\p{L}])(?:${cue})(?![\\p{L}])(?:[^\\d\\n@(+]{0,24}?)[\\s:.=]{0,3}(?<it>${digitsApart})(?![\\p{L}\\p{N}]|[.,/:]\\d)`,
      'dgiu',
    ),
    check: (found, after, before) =>
      isLong(found, 7) &&
      !unit.test(after) &&
      !isHelpline(found, before) &&
      !/\bmg|glucos|pressure|tensi/iu.test(before.slice(-16)) &&
      !isDateLike(found),
  },
  {
    // "781 1704 office", "01632 960983 (mobile)".
    type: 'PHONE',
    digits: 6,
    pattern: new RegExp(
      `(?<![\\p{L}\\p{N}.])(?<it>${digitsApart})(?: ?x ?\\d{1,5})? ?[([]?(?:office|mobile|cell|fax|home|work|móvil|fijo|whatsapp)(?![\\p{L}])`,
      'dgiu',
    ),
    check: (found) => isLong(found, 6),
  },
  {
    type: 'PHONE',
    digits: 6,
    pattern:
      /(?<![\p{L}\p{N}.,/])(?:1[ .-]?)?\(?\d{2,5}\)?(?:[ .\-/–]{1,2}\d{2,5}|(?<=\))\d{2,5}){1,4}(?: ?(?:x|ext\.?) ?\d{1,5})?(?![\p{L}\p{N}]|[/:]\d)/dgu,
    check: looksLikePhone,
  },
  {
    type: 'PHONE',
    digits: 6,
    pattern: /(?<![\p{L}\p{N}.,])\(?0\d{2,4}\)?[ -]?\d{5,8}(?![\p{L}\p{N}])/dgu,
    check: looksLikePhone,
  },
  {
    // Eight digits or more in a row are nobody's reading.
    type: 'PHONE',
    digits: 6,
    pattern: /(?<![\p{L}\p{N}.,-])\d{8,20}(?![\p{L}\p{N}]|[.,]\d)/dgu,
    check: (found, after, before) =>
      !unit.test(after) &&
      !/^[1-9]0{5,}$/u.test(found) &&
      !catalogues.test(before) &&
      !isHelpline(found, before),
  },
]

/** Numbers of articles, genes, batches and products. */
const catalogues =
  /(?:\b(?:ndc|pmid|pmc|pub ?med|doi|isbn|issn|rs|nct|lot|batch|lote|code\(?s?\)?|c[oó]digo)\b[^\n]{0,16})$/iu

/** Grouped as numbers are said, and neither an amount, a range, a score, a row of readings nor a date. */
function looksLikePhone(found: string, after: string, before: string): boolean {
  if (!isLong(found, 8) || unit.test(after) || isHelpline(found, before)) return false
  if (catalogues.test(before) || readingBefore.test(before) || isDateLike(found)) return false
  if (/^(?:19|20)\d\d[ .\-/–]+(?:19|20)\d\d$/u.test(found)) return false
  // "10 000 000" and "98 99 97 96" are an amount and a row of readings.
  if (/^\d{1,3}(?:[ .]000)+$/u.test(found)) return false
  const groups = found.match(/\d+/gu) ?? []
  if (/^[+(0]/u.test(found) || /^\d{3}[-.]\d{3}[-.]/u.test(found)) return true
  if (groups.length === 3 && groups.every((group) => group.length === 3)) return /^[5-9]/u.test(found)
  if (/^[679]\d{2} \d{2} \d{2} \d{2}$|^9\d \d{3} \d{2} \d{2}$/u.test(found)) return true
  return groups.some((group) => group.length >= 4)
}

function isLong(found: string, least: number): boolean {
  const { length } = digitsOf(found)
  return length >= least && length <= 16
}

function isDateLike(found: string): boolean {
  return /^(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d\d|(?:19|20)\d\d[/.-]\d{1,2}[/.-]\d{1,2})$/u.test(
    found.trim(),
  )
}
