import type { Token } from './tokenize.ts'

/** Scripts and the language that is meant when nothing else tells; `other` has a script but no tag of its own. */
const scripts: readonly (readonly [RegExp, string])[] = [
  [/[\u3040-\u30ff]/gu, 'ja'],
  [/[\uac00-\ud7af\u1100-\u11ff\u3130-\u318f]/gu, 'ko'],
  [/[\u3400-\u9fff]/gu, 'zh'],
  [/[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]/gu, 'ar'],
  [/[\u0900-\u097f]/gu, 'hi'],
  [/[\u0980-\u09ff]/gu, 'bn'],
  [/[\u0400-\u052f]/gu, 'ru'],
  [/[\u0370-\u03ff\u1f00-\u1fff]/gu, 'el'],
  [/[\u0590-\u05ff]/gu, 'he'],
  [/[\u0e00-\u0e7f]/gu, 'th'],
  [/[\u0b80-\u0bff]/gu, 'ta'],
  [/[\u0c00-\u0c7f]/gu, 'te'],
  [/[\u0c80-\u0cff]/gu, 'kn'],
  [/[\u0d00-\u0d7f]/gu, 'ml'],
  [/[\u0a80-\u0aff]/gu, 'gu'],
  [/[\u0a00-\u0a7f]/gu, 'pa'],
  [/[\u0d80-\u0dff]/gu, 'si'],
  [/[\u0e80-\u0eff]/gu, 'lo'],
  [/[\u1000-\u109f]/gu, 'my'],
  [/[\u1780-\u17ff]/gu, 'km'],
  [/[\u10a0-\u10ff\u1c90-\u1cbf]/gu, 'ka'],
  [/[\u0530-\u058f]/gu, 'hy'],
  [/[\u1200-\u139f]/gu, 'am'],
  [/[\u0f00-\u0fff\u0b00-\u0b7f\u1800-\u18af\u0700-\u074f\u0780-\u07bf]/gu, 'other'],
]
const beyondLatin = /[\u0370-\u1fff\u3040-\ud7af\ufb50-\ufefc]/
const letters = /\p{L}|\p{M}/gu

/** Letters that only some languages of a script have, told before small words are counted. */
const own: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  ar: [
    // tteh, ddal, rreh, noon ghunna, heh goal, heh doachashmee, yeh barree
    [/[\u0679\u0688\u0691\u06ba\u06c1\u06be\u06d2]/u, 'ur'],
    // peh, tcheh, jeh, gaf
    [/[\u067e\u0686\u0698\u06af]/u, 'fa'],
  ],
  ru: [
    [/[іїєґ]/iu, 'uk'],
    [/[ыэёъ]/iu, 'ru'],
  ],
}
/** Languages that share a script: small words decide between them. */
const shared: Readonly<Record<string, readonly string[]>> = { ar: ['ar', 'fa', 'ur'], ru: ['ru', 'uk'] }

/** Reads the language of a text that is mostly written in another script than Latin; undefined when it is not. */
export function createScriptReading(tagsOf: ReadonlyMap<string, readonly string[]>) {
  return (text: string, tokens: readonly Token[]): string | undefined => {
    if (!beyondLatin.test(text)) return undefined
    const all = text.match(letters)?.length ?? 0
    let found: string | undefined
    let most = 0
    let total = 0
    for (const [script, tag] of scripts) {
      const count = text.match(script)?.length ?? 0
      total += count
      // Japanese is written with Chinese characters between its own: a few of its own tell it.
      if (count > most && !(found === 'ja' && tag === 'zh')) {
        found = tag
        most = count
      }
    }
    // One kana in a face is no Japanese.
    if (found === undefined || total * 2 <= all || (found === 'ja' && all === 1)) return undefined
    return (
      own[found]?.find(([letter]) => letter.test(text))?.[1] ??
      byWords(shared[found], tokens, tagsOf) ??
      found
    )
  }
}

function byWords(
  tags: readonly string[] | undefined,
  tokens: readonly Token[],
  tagsOf: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  if (!tags) return undefined
  const counts = new Map<string, number>()
  for (const token of tokens.slice(0, 200))
    for (const tag of tagsOf.get(token.text) ?? [])
      if (tags.includes(tag)) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}
