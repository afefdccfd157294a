import { replacements } from './synonyms.ts'

const contractions: readonly (readonly [RegExp, string])[] = [
  [/[‘’]/g, "'"],
  [/\bcan'?t\b|\bcannot\b/g, 'can not'],
  [/\bwon't\b/g, 'will not'],
  [/(\w)n't\b/g, '$1 not'],
  [/\b(it|that|there|here|what|who|he|she)'s\b/g, '$1 is'],
  [/\b(you|they|we)'re\b/g, '$1 are'],
  [/\b(you|they|we|i)'ve\b/g, '$1 have'],
  [/\b(you|they|we|i|it)'ll\b/g, '$1 will'],
  [/'s\b|s'(?=\s)/g, 's'],
  [/\bbest[- ]before\b/g, 'bestbefore'],
  [/\bpast (?=(?:its|the|their|that|a)\b)/g, 'after '],
  [/\bhalf an hour\b/g, '30 minutes'],
  [/\bbreath(e|ing) (in|out)\b/g, '$2hale'],
  [/(?<!\d \w+ |times |once |twice |doses? |puffs? )\ban? (minute|hour|day|week|month|year)\b/g, '1 $1'],
  [/\b(\d+)\s?[x×]\b/g, '$1 times'],
  [/\b(\d+)(?:st|nd|rd|th)\b/g, '$1'],
  [/(\d)[\u202f\u00a0 ](?=\d{3}\b)|(\d),(?=\d{3}\b)/g, '$1$2'],
  [/°\s?([cf])\b/g, ' degrees $1 '],
  [/%|\bper ?cent\b/g, ' percent '],
]
const numberWords = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'
    .split(' ')
    .map((word, value) => [word, String(value)] as const),
)
for (const [word, value] of [
  ['thirty', 30],
  ['forty', 40],
  ['fifty', 50],
  ['sixty', 60],
  ['ninety', 90],
  ['hundred', 100],
  ['once_', 1],
  ['twice', 2],
] as const)
  numberWords.set(word, String(value))

/** Lower-case words and marks, one spelling and one word for one thing. */
export function plainTokens(text: string): readonly string[] {
  return lexed(text).map(({ word }) => word)
}

/** A word in the one form that stands for its synonyms. */
export interface Lexed {
  readonly word: string
  /** The first word as it stands: "movement" is no "move". */
  readonly raw: string
}

export function lexed(text: string): readonly Lexed[] {
  let said = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  for (const [from, to] of contractions) said = said.replace(from, to)
  const parts = said.match(/\{[a-z_]+\}|\d+(?:[.:/]\d+)*|[\p{L}]+(?:'\p{L}+)?|[.,;:()?!—–]/gu) ?? []
  const counted = parts.flatMap((part, at) => {
    const value = numberWords.get(part)
    // "one" is a number where it counts.
    if (
      part === 'one' &&
      !/^(?:in|to|or|day|hour|week|month|year|minute|time|dose|tablet|side|person|out)s?$/.test(
        parts[at + 1] ?? '',
      )
    )
      return part
    if (part === 'twice') return ['2', 'times']
    return value ?? part
  })
  return joined(counted)
}

const byFirst = new Map<string, (readonly [readonly string[], string])[]>()
for (const one of replacements) byFirst.set(one[0][0] ?? '', [...(byFirst.get(one[0][0] ?? '') ?? []), one])

function joined(parts: readonly string[]): readonly Lexed[] {
  const out: Lexed[] = []
  for (let at = 0; at < parts.length; ) {
    const found = byFirst
      .get(parts[at] ?? '')
      ?.find(([from]) => from.every((word, step) => parts[at + step] === word))
    out.push({ word: found ? found[1] : (parts[at] ?? ''), raw: parts[at] ?? '' })
    at += found ? found[0].length : 1
  }
  return out
}
