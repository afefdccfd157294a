import { digitsOf } from './checksums.ts'

/** The numbers of content/helplines of six digits and more, without leading zeros; a test compares the two. */
const helplines = new Set(
  `
  104566700 116006 116016 116111 116117 116123 120279338 1300224636 1300606024 1300659467 1300789978
  131114 131126 139276 140054848 14064343 15770199 1800022222 1800184527 18002221222 1800247247
  1800250015 1800341900 18003450033 18004224453 18004635060 1800551800 1800650890 18006564673
  18006624357 1800666666 18006686868 1800737732 1800778888 18007997233 18092166 18447647669
  18779770007 2047925302 213544545 223272327 22400040 22591300 226353800 23820000 23892222 241482121
  24667350 26484014 28960000 3007548933 361730730 383225050 458737732 472116911 491752525 508744633
  508828865 556964080 56997007000 600000016 6003607777 61996565008 63892222 6566691771 680201199
  686868 70201201 70245245 717003717 727272499 741741 800044334 8000684141 8000787746 800111
  8001110111 8001111 800111757 800120002 800121212 800121314 800140155 800147111 800150150 800199990
  8002000 800202148 800222555 800250250 8003008355 80032123 800332029 800350000 800376633 800428428
  800456450 800456789 800500225 800500333 800543354 800567567 800595959 800611116 800702222 800733843
  800764766 8008880700 8009112000 8009428787 800988 8009990091 8009995428 8082000247 808242424
  8088010327 8111129129 861555777 900202010 91012012 915620420 9178998727 925250111 925250112
  925250114 925250115 925250116
`
    .trim()
    .split(/\s+/u),
)

/** Free and shared-cost numbers, with the country's code or without: they belong to services, never to a person. */
const freeNumber =
  /^(?:(?:00|\+)?1)?(?:800|888|877|866|855|844|833)\d{7}$|^(?:44|0)(?:80[08]\d{6,7}|3[0347]\d{8}|84[345]\d{7}|0?3[0347]\d{8})$|^0(?:800|808|300|303|330|333|345|370|845)\d{4,7}$|^(?:34)?(?:900|901|902|717)\d{6}$|^(?:33)?0?80\d{7}$|^(?:61)?(?:1[38]00\d{6}|13\d{4})$|^(?:49)?0?800\d{6,8}$|^01?800\d{6,7}$|^116\d{3}$|^00800\d{7,8}$/u
const helplineWords =
  /\b(?:help ?line|hot ?line|life ?line|crisis (?:line|text)|text line|samaritans|childline|switchboard|poison (?:control|cent(?:re|er)|information|line)|emergency (?:number|services|line)|nhs 111|suicide (?:line|prevention)|tel[eé]fono de la esperanza|l[ií]nea de (?:la vida|ayuda|crisis|atenci[oó]n)|emergencias|toxicolog[ií]a|informaci[oó]n toxicol[oó]gica|urgencias|atenci[oó]n a la conducta suicida|anar)\b[^\n]{0,32}$/iu

/** Whether a number is a service's, by itself or by what is said of it. */
export function isHelpline(found: string, before: string): boolean {
  const digits = digitsOf(found)
  const plain = digits.replace(/^0+/u, '')
  // As it is, and behind a country's code of one to three digits.
  if (
    freeNumber.test(digits) ||
    [0, 1, 2, 3].some((code) => helplines.has(plain.slice(code).replace(/^0/u, '')))
  ) {
    return true
  }
  // The rest of one whose first digits stood apart: "2 2635 3800".
  if (plain.length > 6 && [...helplines].some((number) => number.endsWith(plain))) return true
  return helplineWords.test(before) && !/\b(?:my|mi|contact)\b[^\n]{0,24}$/iu.test(before)
}
