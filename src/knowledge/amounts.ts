const number = String.raw`(?:\d[\d.,]*|half an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|fifty)`
const medicine =
  'mg|mcg|µg|ug|micrograms?|milligrams?|grams?|g|ml|millilit(?:er|re)s?|iu|units?|tablets?|pills?|capsules?|caplets?|puffs?|sprays?|patches|sachets?|lozenges?|suppositor(?:y|ies)|(?:tea|table)?spoon(?:ful)?s?'
const drink = 'drinks?|glass(?:es)?|pints?|shots?|lit(?:er|re)s?|fl oz|ounces?|oz|bottles?|cans of|cups?'
const body = 'kcal|calories?|kj|kg|kilos?|lbs?|pounds|stone'

/** A number, or a range, and a unit; a word may stand between: "2 glucose tablets". */
const amount = new RegExp(
  String.raw`(?<![\d/])\b${number}(?:\s*(?:to|-|–|or|and)\s*${number})?\s*(?:[a-z]{3,}\s)?(?:${medicine}|${drink}|${body})\b(?!\s*\/\s*(?:d?l|mol))`,
  'i',
)
const dose = new RegExp(String.raw`\b${number}(?:\s*(?:to|-|–|or)\s*${number})?\s*doses?\b`, 'i')
const handful = /\ba (?:handful|few|couple|bottle|box|pack|packet|glass|pint|can) of\b/i
const bodyIndex = /\b(?:BMI|body mass index)\b[^.]*\d/i
/** Doses of a vaccine harm nobody who counts them. */
const vaccine = /\b(?:vaccin\w*|jabs?|immuni[sz]\w*|booster)\b/i

/**
 * Whether a text states an amount that a body could be harmed by: of medicines, drinks, food or body weight.
 * Temperatures, ages, times, shares and readings such as 140/90 or 4 mmol/L are none. Such passages are withheld after
 * a sign of self-harm or of an eating disorder.
 */
export function statesAmounts(text: string): boolean {
  if (amount.test(text) || handful.test(text) || bodyIndex.test(text)) return true
  return dose.test(text) && !vaccine.test(text)
}
