import type { Span } from '../span.ts'
import { isEnglish } from './name-lexicon.ts'
import { countries, otherCapitals } from './never-names.ts'
import { unit } from './units.ts'
import { fold } from './words.ts'

const before = '(?<![\\p{L}\\p{N}])'
const behind = '(?![\\p{L}\\p{N}])'
const streetWord =
  'street|st|str|road|rd|avenue|ave|av|lane|ln|drive|dr|boulevard|blvd|bvd|court|ct|place|pl|square|sq|terrace|tce|close|crescent|cres|way|highway|hwy|parkway|pkwy|circle|cir|trail|trl|row|gardens|gdns|grove|hill|walk|mews|quay|alley|route|rte|turnpike|pike|loop|plaza|broadway|parade|pde|rise|view|green|park|point|ridge|crossing|expressway|esplanade|gate|wharf|heights|meadows?|bend|path|run|vale|drove|wynd'
const streetFirst =
  'calle|c\\/|cl|cll|avenida|avda|avd|av|ave|plaza|plza|pza|pl|paseo|p[ºo]|camino|cmno|carretera|ctra|carrera|cra|kra|kr|cr|calzada|callej[oó]n|diagonal|transversal|tv|travesía|travesia|ronda|rambla|urbanizaci[oó]n|urb|barrio|colonia|col|pasaje|pje|jr|jir[oó]n|psje|vereda|glorieta|rue|bd|boulevard|chemin|impasse|quai|place|via|viale|piazza|corso|vicolo|largo|rua|travessa|praça|alameda|estrada|ul|ulica|al|os|jalan|jl|strada'
const streetEnd =
  'stra(?:ß|ss)e|straat|str(?:æ|ae)de|str(?:æ|ae)ti|gatan|gata|gate|v[aä]gen|v[aä]g|veien|vegen|vei|vej|vejen|katu|kuja|tie|polku|puntie|gasse|weg|laan|plein|gracht|kade|dijk|steeg|platz|allee|ring|ufer|damm|gade|gaten|torg|torv|braut|vangur|stígur|br(?:ü|ue)cke|gangen|parken|haugen|bakken|lia'
const name = "[\\p{L}\\p{M}.'’-]{1,30}"
const capitalName = "\\p{Lu}[\\p{L}\\p{M}.'’-]{0,30}"

/** A place told by the streets that meet there. */
const corner = new RegExp(`${before}(?:[Tt]he )?[Cc]orner of (?:the )?\\p{Lu}[^\\n.!?{}]{4,80}`, 'dgu')

/** The heart of an address; what follows it on the same label is taken by `tail`. */
const cores: readonly RegExp[] = [
  // 12 Harbour Street, 221b Baker St, 1600 Maple Ave NW
  new RegExp(
    `${before}(?:(?:unit|flat|apt|apartment|suite|no\\.?|nº) ?\\d{1,5}[a-z]?[ ,/]{1,2})?\\d{1,6}[a-z]?(?:[-/]\\d{1,5}[a-z]?)?,? (?:\\d{1,5}(?:st|nd|rd|th)? )?(?:${name} ){1,4}?(?:${streetWord})\\.?${behind}(?: (?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)${behind})?`,
    'dgiu',
  ),
  // 118 W 23rd St, 350 5th Avenue
  new RegExp(
    `${before}\\d{1,6} (?:[NSEW]\\.? )?\\d{1,3}(?:st|nd|rd|th) (?:${streetWord})\\.?${behind}`,
    'dgiu',
  ),
  // Calle Mayor 14; Av. de la Constitución, 120; 3482 Via Franscini 71; Carrera 7 # 45-12; Camino Real s/n
  new RegExp(
    `${before}(?:\\d{1,6} )?(?:${streetFirst})\\.? (?:\\d{1,3}[a-z]?|[\\p{L}\\p{M}\\d.'’-]{1,30}(?: [\\p{L}\\p{M}.'’-]{1,30}){0,5}?)(?:,? ?(?:n[ºo°.]{1,2}|num\\.?|número|#|no\\.?)? ?\\d{1,5}(?:[a-z](?!\\p{L}))?(?: ?[-–] ?\\d{1,4})?|,? s\\/n)${behind}`,
    'dgiu',
  ),
  // 15 rue de la Paix
  new RegExp(
    `${before}\\d{1,5}(?: ?(?:bis|ter))?,? (?:rue|avenue|av\\.?|boulevard|bd|place|chemin|impasse|quai|allée|cours|route|via|rua) (?:${name} ){0,4}${capitalName}`,
    'dgiu',
  ),
  // Lindenstraße 14, Harjukuja 54, 45 Rooseveltlaan
  new RegExp(
    `${before}(?:\\d{1,6} )?(?:${capitalName} ){0,2}\\p{Lu}[\\p{L}\\p{M}'’-]{1,30}(?:${streetEnd})\\.? \\d{1,5}[a-z]?${behind}`,
    'dgu',
  ),
  new RegExp(
    `${before}(?:${capitalName} )(?:Stra(?:ß|ss)e|Str\\.|Weg|Allee|Platz|Gasse|Gate|Straat) \\d{1,4}[a-z]?${behind}`,
    'dgu',
  ),
  // 450 Præstevænget 15: a number, capitalised words, a number
  new RegExp(
    `${before}\\d{3,6} (?:(?:ul|al|os|trg|r|u|c)\\.? )?(?:[\\p{L}\\p{M}.'’/-]{1,30} ){1,5}?\\d{1,4}\\.?${behind}`,
    'dgu',
  ),
  // PO boxes and military post
  new RegExp(
    `${before}(?:p\\.? ?o\\.? ?box|post ?box|postbox|gpo box|post office box|locked bag|apartado(?: de correos| postal)?|apdo\\.?|casilla(?: postal| de correo)?|postfach|caixa postal) (?:n[ºo°.]{1,2} ?)?\\d{1,6}${behind}`,
    'dgiu',
  ),
  new RegExp(
    `${before}(?:psc|unit|cmr) \\d{1,5},? box \\d{1,5}(?:\\s{1,3}[adf]po,? [a-z]{2},? \\d{5})?`,
    'dgiu',
  ),
  new RegExp(`${before}(?:uss? [\\p{L}-]{2,20}\\s{1,3})?[AFD]PO [A-Z]{2} \\d{5}`, 'dgu'),
  // 6750 Anything at all Apt. 864
  new RegExp(
    `${before}\\d{1,6}[a-z]? (?:[\\p{L}\\p{M}\\d.'’-]{1,30}[ \\n]{1,3}){1,6}?(?:apt|apartment|suite|ste|flat|unit|piso|depto)\\.? ?#?\\d{1,5}${behind}`,
    'dgiu',
  ),
  corner,
]

/** Postcodes that stand for a street: United Kingdom, Canada, and the United States behind the state. */
const postcodes: readonly RegExp[] = [
  new RegExp(
    `${before}(?:GIR ?0AA|(?:A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE)\\d[A-Z\\d]? ?\\d[ABD-HJLNP-UW-Z]{2})${behind}`,
    'dgu',
  ),
  new RegExp(`${before}[ABCEGHJ-NPRSTVXY]\\d[ABCEGHJ-NPRSTV-Z] ?\\d[ABCEGHJ-NPRSTV-Z]\\d${behind}`, 'dgu'),
  new RegExp(
    `${before}(?:${capitalName},? )?(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]),? \\d{5}(?:-\\d{4})?${behind}`,
    'dgu',
  ),
]

const cued: readonly RegExp[] = [
  // 90210 behind "zip", 28013 behind "CP".
  new RegExp(
    `${before}(?:zip(?: ?code)?|post ?code|postal code|c[oó]digo postal|c\\.? ?p\\.?|plz|eircode|pin ?code|cap)(?:[\\s:.]{1,3}|(?:is|es|of|number|número)(?!\\p{L})){1,4}(?<it>(?=[a-z\\d -]{0,6}\\d)(?:\\d{3,5}(?:[- ]\\d{2,4}(?!\\d))?(?: ?[A-Z]{2}(?!\\p{L}))?|[A-Z]\\d{1,2} ?[A-Z\\d]{3,4}|\\d{6}))${behind}`,
    'dgiu',
  ),
  new RegExp(
    `${before}(?:(?:(?:my|our|his|her|their|the|home|billing|postal|mailing|new|old|current|mi|su|nuestra|la) ){0,2}(?:address|direcci[oó]n|domicilio)(?: (?:is|es|at|to|with|was))?:?(?! linked)|(?:i |we |he |she |they )?(?:live|lives|lived|living|staying|stay|reside|resides) (?:at|on)|i'm at|we're at|come to|deliver(?:y)? to|domicilio:?|resido en|vivo en|vivimos en|vive en)\\s{1,6}(?<it>(?=[^\\n.!?]{0,60}\\d)(?!\\d{1,3} ?(?:min|hour|km|mile|year|month|week|day|am|pm))[^\\n.!?]{4,80})`,
    'dgiu',
  ),
]
const home = new RegExp(
  `${before}(?:live|lives|lived|living|reside|resides|residing|based|moved) (?:in|to|near|around)\\s|${before}(?:vivo|vivimos|vive|viven|resido|residimos|reside|empadronad[oa]) (?:en|cerca de)\\s`,
  'giu',
)
const cityName =
  /(?:\p{Lu}[\p{L}\p{M}'’-]{1,30})(?:[ -](?:\p{Lu}[\p{L}\p{M}'’-]{1,30}|(?:upon|on|de|del|la|las|los|el|le|am|an|der|sur|under|by|of|the)(?=[ -]))){0,5}(?:, [A-Z]{2}(?![\p{L}]))?/uy

/** One piece of what follows a street: flat, floor, town, state, postcode, country. */
const tailPieces: readonly RegExp[] = [
  /[\s,>]{1,8}(?:apt|apartment|suite|ste|flat|unit|room|piso|planta|puerta|pta|depto|dpto|int(?:erior)?|local|bloque|esc(?:alera)?|portal|edificio|torre)\.? ?#?(?:\d{1,5}[º°ª]?-?\p{L}?|\p{L}\d{0,4})(?![\p{L}\p{N}])/iuy,
  /[\s,]{1,3}(?:no|n[º°]|#)\.? ?\d{1,5}(?![\p{L}\p{N}])/iuy,
  /[\s,]{1,3}\d{1,2} ?[º°ª]\.? ?(?:[A-Za-z](?!\p{L})|izq(?:uierda|da)?\.?|der(?:echa|cha)?\.?|dcha\.?|int\.?|ext\.?)?/uy,
  /[\s,]{1,3}(?:Col(?:onia)?|Urb|Barrio|Bo|Pol[ií]gono)\.? \p{Lu}[\p{L}\p{M}]{1,20}(?: \p{Lu}[\p{L}\p{M}]{1,20}){0,2}/uy,
  /[\s,>-]{1,8}(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{4} ?[A-Z]{2}|(?:[A-Z]{1,2}-)?\d{4,6}(?:-\d{3,4})?|\d{3} \d{2})(?![\p{L}\p{N} /:.,-]\d|[\p{L}\p{N}])/uy,
  /[\s,]{1,4}[A-Z]{2,3}(?![\p{L}\p{N}])(?=[\s,]{1,4}\d{4,5}|,|$)/uy,
]
const town =
  /(\s{0,2},\s{0,6}|\s{0,2}\n[\s>]{0,6}| )(\p{Lu}[\p{L}\p{M}.'’-]{1,30}(?: (?:\p{Lu}[\p{L}\p{M}.'’-]{1,30}|de|del|la|am|an|der|sur|upon|on)){0,4})/uy

/** Where addresses stand: a street with its number, a box, a postcode, and the town that somebody lives in. */
export function findAddresses(text: string, hasDigits: boolean): readonly Span[] {
  const spans: Span[] = []
  const add = (start: number, end: number) => spans.push({ start, end, type: 'ADDRESS' })
  for (const core of hasDigits ? cores : [corner]) {
    for (const match of text.matchAll(core)) {
      const end = match.index + match[0].length
      if (isStreet(match[0], text.slice(end, end + 16))) add(match.index, withTail(text, end))
    }
  }
  for (const postcode of hasDigits ? postcodes : []) {
    for (const match of text.matchAll(postcode)) add(match.index, match.index + match[0].length)
  }
  for (const rule of hasDigits ? cued : []) {
    for (const match of text.matchAll(rule)) {
      const [start, last] = match.indices?.groups?.it ?? [0, 0]
      const end =
        start +
        text
          .slice(start, last)
          .search(
            /$|[\s,;]+(?:and|but|so|because|he|she|i|we|they|it|my|please|can|with|y|pero|porque|que|no|mi|es|está|si)(?!\p{L})|[\s,]+\((?!\d)/iu,
          )
      if (end > start && isPlausible(text.slice(start, end))) add(start, end)
    }
  }
  for (const match of text.matchAll(home)) {
    cityName.lastIndex = match.index + match[0].length
    const city = cityName.exec(text)?.[0]
    if (
      city &&
      !isCommon(city) &&
      !city.split(' ').every((word, _, all) => all.length > 1 && isEnglish(fold(word)))
    )
      add(cityName.lastIndex - city.length, cityName.lastIndex)
  }
  return joined(text, spans)
}

/** A street is not an amount and its time: "20 mg every day the hard way", "500 mg on the way". */
function isStreet(found: string, after: string): boolean {
  if (!/\d|s\/n/iu.test(found)) return /corner/iu.test(found)
  if (
    /^[\d/-]{1,9}[a-z]?(?:st|nd|rd|th)?,? (?:[a-z]+ ){0,4}(?:way|hill|run|park|view|gate|point|green|close|place|drive|row|walk|path|rise|loop|bend|court|circle|st|pl|dr|ave|av|street|road|lane|trail|square|ct|str|cir)$/u.test(
      found,
    )
  ) {
    // Written small: only with a word that is nothing but a street, and a number of a house.
    if (
      !/ (?:street|road|avenue|ave|lane|rd|boulevard|blvd|drive|court)$/u.test(found) ||
      !/^\d{1,5} [a-z]+ (?:[a-z]+ )?[a-z]+$/u.test(found)
    )
      return false
  }
  // "calle luna 8" may be written small, "via oral 20" and "al orinar y me duele, 37" are no streets.
  if (/^\p{L}/u.test(found) && !/corner|box|apartado|apdo|casilla|postal|psc|cmr|unit/iu.test(found)) {
    const small = /^(?:calle|c\/|avenida|avda\.?|av\.|carrera|plaza|paseo|camino) /iu.test(found)
    if (
      !small &&
      !/^[\p{L}\p{M}./]+\.? (?:(?:de|del|des|du|della|dei|la|le|los|las|dos|da) ){0,2}[\p{Lu}\d]/u.test(found)
    )
      return false
    if (!/\p{Lu}/u.test(found.slice(1)) && /\b(?:y|me|que|hace|con|por|en|mi|no|se)\b/u.test(found))
      return false
  }
  // Streets with numbers for names: Calle 7, Carrera 7, Av. 9. "al 900 202" is a number to call.
  if (
    /^(?:al|os|ul|place|largo|ronda|barrio|col|colonia|urb|pl|strada|alameda|via|piazza|corso)\.? \d/iu.test(
      found,
    )
  )
    return false
  const rest = found.replace(/^\d+[a-z]?/u, '')
  if ((rest !== found && unit.test(rest)) || unit.test(after)) return false
  if (
    /\b(?:mg|ml|mcg|minutes?|hours?|days?|weeks?|months?|years?|times?|people|percent|pills?|tablets?|horas?|días?|años|veces|pastillas|steps|miles|km|kg|lbs|and|then|or|but|is|was|of my)\b/iu.test(
      found,
    ) &&
    !/corner|box/iu.test(found)
  )
    return false
  // "450 Præstevænget 15" has capitals throughout, but for particles; "2019 I have had type 2" has not.
  const middle = /^\d+ ([^\d]+) \d+\.?$/u.exec(found)?.[1]
  if (middle === undefined || /^(?:rue|via|rua|calle|ul|trg|r|avda?|avenida)\b/iu.test(middle)) return true
  return (
    middle.split(' ').every((word) => /^\p{Lu}\p{L}/u.test(word) || /^\p{L}{1,3}\.?$/u.test(word)) &&
    /\p{Lu}\p{L}/u.test(middle)
  )
}

function withTail(text: string, from: number): number {
  let end = from
  for (let pieces = 0; pieces < 7; pieces++) {
    const next = nextPiece(text, end)
    if (next === end) break
    end = next
  }
  return /[.,]$/u.test(text.slice(from, end)) ? end - 1 : end
}

function nextPiece(text: string, from: number): number {
  for (const piece of tailPieces) {
    piece.lastIndex = from
    if (piece.test(text)) return piece.lastIndex
  }
  town.lastIndex = from
  const match = town.exec(text)
  if (!match) return from
  const [, gap = '', words = ''] = match
  if (isCommon(words) && !countries.has(fold(words))) return from
  const end = from + gap.length + words.length
  const after = text.slice(end, end + 8)
  if (/^[ ,]{1,2}(?:[A-Z]{2,3} )?[A-Z]{0,2}\d/u.test(after)) return end
  // Without a postcode a town needs a comma or a line of its own, and is no ordinary word: what follows may be why
  // somebody writes.
  if (gap === ' ') {
    // "75002 Paris": the town behind its postcode.
    return /\d{4,5}$/u.test(text.slice(Math.max(0, from - 5), from)) && !isEnglish(fold(words)) ? end : from
  }
  if (words.split(' ').every((word) => isEnglish(fold(word)))) return from
  return !gap.includes('\n') || /^\s*(?:[\n,.]|$)/u.test(after) ? end : from
}

/** Ordinary capitalised words and countries are nobody's town. */
function isCommon(found: string): boolean {
  const first = fold(found.split(/[ ,]/u)[0] ?? '')
  return countries.has(fold(found)) || (otherCapitals.has(first) && !towns.has(first)) || countries.has(first)
}
const towns = new Set(
  'london paris madrid barcelona valencia sevilla berlin rome roma york chicago boston bogota lima quito caracas santiago buenos mexico sydney melbourne toronto dublin manchester birmingham leeds glasgow edinburgh liverpool amsterdam brussels vienna geneva san santa los las la el nice'.split(
    ' ',
  ),
)

function isPlausible(found: string): boolean {
  return (
    /\d/u.test(found) &&
    !unit.test(found.replace(/^[\d.,]+/u, '')) &&
    !/^\d{1,2}(?:[:.]\d\d)? ?(?:am|pm)?$/iu.test(found)
  )
}

/** Spans that overlap, or stand beside each other, are one. */
function joined(text: string, spans: Span[]): readonly Span[] {
  const ordered = spans.sort((a, b) => a.start - b.start || b.end - a.end)
  const all: Span[] = []
  for (const span of ordered) {
    const last = all.at(-1)
    if (last && (span.start < last.end || /^[\s,]{1,3}$/u.test(text.slice(last.end, span.start))))
      all[all.length - 1] = { ...last, end: Math.max(last.end, span.end) }
    else all.push(span)
  }
  return all
}
