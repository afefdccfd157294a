import { isDoubtful, isEnglish, isNever, looksMedical, nameKind } from './name-lexicon.ts'
import { conditionWords } from './never-names.ts'
import type { Word } from './words.ts'

/** What ends a name that is written without capitals. */
export const smallEnds = new Set(
  "and but or i i'm im i've ive my me we you he she it is was am are has have had the a an in on at of to for from with who whose not so because since please help here there today tomorrow yesterday tonight now later soon again too asap what when where why how can could do does did will would if this that years year old y pero o que tengo tiene estoy esta soy es era mi me te se nos yo tu el ella la los las un una en con sin de del por para porque cuando donde como si no ya muy tambien anos hace desde necesito quiero puedo".split(
    ' ',
  ),
)

/** Two capitalised words of which the dictionaries know enough: "Linda Petrovic", "Will Thompson". */
export function isPair(words: readonly Word[], at: number): boolean {
  const first = words[at]
  if (!first || first.possessive) return false
  let index = at + 1
  const initial = words[index]?.text.length === 1 && words[index]?.capital && words[index]?.gap === ' '
  if (initial) index++
  const second = words[index]
  if (!second?.capital || !/^(?:\. | )$/u.test(second.gap) || (second.gap === '. ' && !initial)) return false
  if (isNever(second.fold) || isDoubtful(second.fold) || conditionWords.has(second.fold)) return false
  const one = nameKind(first.fold)
  const two = nameKind(second.fold)
  if (isEnglish(first.fold) && one === undefined) return false
  if (initial) return true
  if (one === 'maybe')
    return two === 'family' || looksLikeFamily(second) || (!isEnglish(second.fold) && !first.opens)
  return two === 'family' || looksLikeFamily(second) || (two === 'clear' && !first.opens)
}

/** A given and a family name that are nothing else: "naomi ryan". */
export function isSmallPair(words: readonly Word[], at: number): boolean {
  const [first, second] = [words[at], words[at + 1]]
  if (!first || !second || second.gap !== ' ' || first.possessive || nameKind(first.fold) !== 'clear')
    return false
  const kind = nameKind(second.fold)
  if (isDoubtful(first.fold) || isDoubtful(second.fold) || second.text.length < 4 || first.text.length < 4)
    return false
  return (kind === 'family' || kind === 'clear') && !smallEnds.has(second.fold) && !isEnglish(first.fold)
}

/** Given names in a row: "anna, peter and tom". */
export function isSmallList(words: readonly Word[], at: number): boolean {
  const isGiven = (index: number, gap: string) => {
    const word = words[index]
    return (
      word !== undefined &&
      nameKind(word.fold) === 'clear' &&
      !isEnglish(word.fold) &&
      (words[index]?.gap === gap || gap === '')
    )
  }
  if (!isGiven(at, '')) return false
  const gap = words[at]?.gap
  const link = words[at + 1]
  if (isGiven(at + 1, ', ') || (gap === ', ' && isGiven(at - 1, ''))) return true
  if (link?.gap === ' ' && /^(?:and|y)$/u.test(link.fold) && isGiven(at + 2, ' ')) return true
  const before = words[at - 1]
  return gap === ' ' && before?.gap === ' ' && /^(?:and|y)$/u.test(before.fold) && isGiven(at - 2, '')
}

/** Both words of a pair after "by" or "con" are strange: a person rather than a thing. */
export function pairIsName(words: readonly Word[], at: number): boolean {
  const [first, second] = [words[at], words[at + 1]]
  if (!first || !second || isDoubtful(second.fold) || conditionWords.has(second.fold)) return false
  if (looksMedical(first.fold) || looksMedical(second.fold) || first.titled) return false
  return !isEnglish(first.fold) && !isEnglish(second.fold)
}

/** Endings that family names have and other words do not. */
export function looksLikeFamily(word: Word): boolean {
  return (
    word.capital &&
    word.text.length > 5 &&
    !isDoubtful(word.fold) &&
    !isEnglish(word.fold) &&
    /(?:[aeiy]v|[oe]va|vic|vich|dottir|sson|enko|escu|yan|idze|shvili|poulos|stein|owski|ewski|owska|ewska|nen|oglu|gaard|quist|strom)$/u.test(
      word.fold,
    )
  )
}

/** "I'm Diabetic", "soy Celíaca": what somebody is, not who. */
export function isTrait(folded: string): boolean {
  return /(?:ic|ed|ing|ish|ful|less|ous|ive|ist|ican|ano|ana|ica|ico|ada|ado|ista|ense|ola)$/u.test(folded)
}

const spanish = new WeakMap<readonly Word[], boolean>()

/** Whether more of the small words are Spanish than English: the list of ordinary words is English. */
export function isSpanish(words: readonly Word[]): boolean {
  const known = spanish.get(words)
  if (known !== undefined) return known
  let balance = 0
  for (const { fold } of words) {
    if (spanishWords.has(fold)) balance++
    else if (englishWords.has(fold)) balance--
  }
  spanish.set(words, balance > 0)
  return balance > 0
}
const spanishWords = new Set(
  'el la los las que de mi me es un una por con tiene tengo esta se y en su'.split(' '),
)
const englishWords = new Set('the my is a and to of i has have he she it in with for was are you'.split(' '))

/** Only these are said of nobody but people: "Ozempic took" is heard, "Ozempic said" is not. */
export function isSaying(word: Word | undefined): boolean {
  return /^(?:said|says|told|tells|texted|asked|dijo|dice)$/u.test(word?.fold ?? '')
}
