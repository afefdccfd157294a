import type { DetailRule } from './span.ts'

const capital = "\\p{Lu}[\\p{L}'’-]+"
/** One to four words as names are written: "Ana", "Ana M. de la Cruz". */
const fullName = `${capital}(?: (?:\\p{Lu}\\.|${capital}|(?:de|del|de la|van|von|der|den|da|bin|al)(?= ))){0,3}(?: ${capital})?`
const title =
  '(?:mr|mrs|ms|mx|miss|dr|doctor|prof|professor|sir|madam|nurse|rev|sr|sra|srta|señor|señora|don|doña|herr|frau|mme|monsieur|madame)\\.?'
const kin =
  'son|daughter|husband|wife|partner|boyfriend|girlfriend|brother|sister|mother|father|mum|mom|dad|friend|boss|manager|neighbou?r|baby|uncle|aunt|cousin|ex|colleague|doctor|therapist|hijo|hija|marido|esposa|esposo|madre|padre|hermano|hermana|amigo|amiga|novio|novia'
const street =
  'street|st|road|rd|avenue|ave|av|lane|ln|drive|dr|boulevard|blvd|court|ct|place|pl|square|sq|terrace|close|crescent|way|highway|hwy|parkway|pkwy|circle|cir|trail|row|gardens|grove|hill|walk|mews|quay|alley|route|rte'
const before = '(?<![\\p{L}\\p{N}])'
const behind = '(?![\\p{L}\\p{N}])'

/** Capitalised words that follow a cue and are not names. */
const notNames = new Set(
  "I I’m I'm The This That It My Not Just Very Really So Please Thanks Thank Hello Hi Help Sorry Yes No Can What When Where Why How Is Are Was Do Does Did And But Or If He She They We You Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December Sir Madam Team Doctor Nurse Type Covid God Jesus Christmas".split(
    ' ',
  ),
)
const isName = (found: string) => !notNames.has(found.split(/\s/)[0] ?? '')

/** Names and addresses, by the words around them. */
export const wordRules: readonly DetailRule[] = [
  {
    type: 'NAME',
    pattern: new RegExp(
      `${before}(?:[Mm]y (?:full |first |last |real )?name(?:'s|’s| is| was|:)|[Nn]ame:|[Ii] am called|[Ii]'m called|[Mm]i nombre es|[Mm]e llamo|[Cc]alled|[Nn]amed|[Kk]nown as|[Ss]igned,?|[Bb]est,|[Rr]egards,|[Ss]incerely,|[Cc]heers,|[Dd]ear|[Ss]oy)\\s+(?:${title.replace('(?:', '(?:[Dd]r|[Mm]rs?|[Mm]s|')} )?(?<it>${fullName})`,
      'dgu',
    ),
    check: isName,
  },
  {
    // In lower case too, where the words leave no doubt; one or two words, up to what ends a name.
    type: 'NAME',
    pattern: new RegExp(
      `${before}(?:my (?:full )?name(?:'s|’s| is)|me llamo|mi nombre es) (?<it>\\p{L}[\\p{L}'’-]+(?: (?!and\\b|but\\b|y\\b)\\p{L}[\\p{L}'’-]+)?)(?=\\s*(?:[.,;!?\\n]|$| and | but | i | y ))`,
      'dgiu',
    ),
    check: (found) => !/^(?:not|on|in|the|a|private|secret|wrong|spelled)\b/iu.test(found),
  },
  {
    type: 'NAME',
    pattern: new RegExp(
      `${before}(?:${title.replace(/[a-zñ]+/gu, (word) => `[${word[0]?.toUpperCase()}${word[0]}]${word.slice(1)}`)}) (?<it>${fullName})`,
      'dgu',
    ),
    check: isName,
  },
  {
    type: 'NAME',
    pattern: new RegExp(
      `${before}(?:[Mm]y|[Mm]i|[Oo]ur|[Hh]is|[Hh]er) (?:${kin}),? (?<it>${fullName})`,
      'dgu',
    ),
    check: isName,
  },
  {
    type: 'NAME',
    pattern: new RegExp(
      `${before}(?:I am|I'm|I’m|[Tt]his is|[Ii]t's) (?<it>${capital}(?: ${capital})?)(?= here| and I|,? from| speaking)`,
      'dgu',
    ),
    check: isName,
  },
  {
    type: 'ADDRESS',
    pattern: new RegExp(
      `${before}\\d{1,5}[a-z]?,? (?:[\\p{L}.'’-]+ ){1,4}?(?:${street})\\.?${behind}(?:,? (?:apt|apartment|flat|suite|unit|no)\\.? ?#?\\w{1,6})?(?:,? \\p{Lu}[\\p{L}-]+){0,2}(?:,? [A-Z]{2})?(?:,? \\d{4,5}(?:-\\d{4})?)?`,
      'dgiu',
    ),
    check: (found) =>
      /\d/u.test(found) && !/^\d+ (?:days?|weeks?|months?|years?|hours?|minutes?|mg|ml|times) /iu.test(found),
  },
  {
    type: 'ADDRESS',
    pattern: new RegExp(
      `${before}(?:calle|avenida|avda|plaza|paseo|camino|rue|via|viale|piazza|carrera) [\\p{L} .'’-]{2,40}?,? ?(?:n[ºo°.]{1,2} ?)?\\d{1,5}`,
      'dgiu',
    ),
  },
  {
    type: 'ADDRESS',
    pattern: new RegExp(
      `${before}(?:\\d{1,5} )?\\p{L}+(?:stra(?:ß|ss)e|straat|gatan|vägen|katu|tie|gasse|weg|laan|vej|gade)(?: \\d{1,5}[a-z]?)?(?: (?:Apt|Suite)\\. \\d{1,5})?${behind}`,
      'dgu',
    ),
    check: (found) => /\d/u.test(found),
  },
  { type: 'ADDRESS', pattern: new RegExp(`${before}p\\.? ?o\\.? box \\d{1,6}`, 'dgiu') },
  {
    // Numbered and with a flat, as labels are printed, whatever the street is called.
    type: 'ADDRESS',
    pattern: new RegExp(
      `${before}\\d{1,5} (?:[\\p{L}\\d.'’-]+ ){1,4}(?:Apt|Apartment|Suite|Flat|Unit)\\.? ?#?\\d{1,5}(?:\\s{1,3}(?:\\p{Lu}[\\p{L}' -]+)\\n?,? ?[A-Z]{0,2}\\s{0,3}\\d{4,6})?`,
      'dgu',
    ),
  },
  {
    type: 'ADDRESS',
    pattern: new RegExp(
      `${before}(?:(?:my|our|home|billing|postal|mailing|the) address (?:is|:)|address:|(?:i |we |he |she )?lives? at|living at|staying at|i'm at|vivo en)\\s+(?<it>(?=[^\\n.!?]{0,60}\\d)[^\\n.!?]{4,80})`,
      'dgiu',
    ),
  },
  { type: 'ADDRESS', pattern: new RegExp(`${before}[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}${behind}`, 'dgu') },
  { type: 'ADDRESS', pattern: new RegExp(`${before}[A-Z]{2},? \\d{5}(?:-\\d{4})?${behind}`, 'dgu') },
]
