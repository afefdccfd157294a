const number = String.raw`(?:\d[\d.,]*|half an?|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|several|a few|a handful of)`
const medicine =
  'mg|mcg|µg|ug|micrograms?|milligrams?|grams?|g|ml|millilit(?:er|re)s?|iu|units?|tablets?|pills?|capsules?|caplets?|doses?|puffs?|sprays?|drops|patches|sachets?|lozenges?|suppositor(?:y|ies)|(?:tea|table)?spoon(?:ful)?s?|bottles?|boxes|packs?|packets?'
const drink =
  'drinks?|units? of alcohol|glass(?:es)?|pints?|shots?|cans?|lit(?:er|re)s?|fl oz|ounces?|oz|cups?'
const body = 'kcal|calories?|kj|kg|kilos?|lbs?|pounds|stone|bmi'

/**
 * Amounts a body could be harmed by: of medicines, drinks, food or body weight. Temperatures, ages, times, shares and
 * readings such as 140/90 or 4 mmol/L are not amounts.
 */
const amount = new RegExp(
  String.raw`(?<![\d/])\b${number}(?:\s*(?:to|-|–|or|and)\s*${number})?\s*(?:[a-z]+\s)?(?:${medicine}|${drink}|${body})\b(?!\s*/\s*(?:d?l|mol))`,
  'i',
)
const bodyIndex = /\b(BMI|body mass index)\b[^.]*\d/i

/** Whether a text states an amount: such passages are withheld after a self-harm or eating-disorder sign. */
export function statesAmounts(text: string): boolean {
  return amount.test(text) || bodyIndex.test(text)
}
