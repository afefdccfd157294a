import type { Span } from '../span.ts'
import { type Cue, closes, cueAt } from './name-cues.ts'
import { isDoubtful, isEnglish, isNever, looksMedical, nameKind } from './name-lexicon.ts'
import {
  isPair,
  isSaying,
  isSmallList,
  isSmallPair,
  isSpanish,
  isTrait,
  looksLikeFamily,
  pairIsName,
  smallEnds,
} from './name-shapes.ts'
import { brands, conditionBefore, conditionWords, eponyms } from './never-names.ts'
import { type Word, wordsOf } from './words.ts'

/** Words of a name that are written small: "María del Carmen", "Peter van der Berg". */
const particles = new Set(
  'de del la las los van von der den ten ter da das do dos di du le bin ibn al el abu y zu'.split(' '),
)
/** What only people do: a capitalised word before one of these is somebody. */
const personVerbs = new Set(
  "said says told tells texted texts asked asks thinks thought took takes fell wants wanted needs hasn't hadn't won't doesn't didn't isn't wasn't can't has had keeps kept called calls went came comes feels felt cries cried lives died refuses collapsed swallowed wrote writes dijo dice tiene tuvo quiere esta ha necesita toma tomo murio llama llamo llora vive piensa cree bebe come me le se no".split(
    ' ',
  ),
)
const mostWords = 5

/** Where the names of people stand in a text. Linear: every word is looked at a bounded number of times. */
export function findNames(text: string): readonly Span[] {
  const words = wordsOf(text)
  const taken = new Set<number>()
  const spans: Span[] = []
  const claim = (from: number, to: number) => {
    const first = words[from]
    const last = words[to - 1]
    if (!first || !last || to <= from) return
    for (let index = from; index < to; index++) if (taken.has(index)) return
    for (let index = from; index < to; index++) taken.add(index)
    spans.push({ start: first.start, end: last.end, type: 'NAME' })
  }
  for (let at = 0; at < words.length; at++) {
    const cue = cueAt(words, at)
    if (cue && follows(words, cue)) claim(cue.next, behindCue(words, cue))
  }
  for (let at = 0; at < words.length; at++) {
    if (taken.has(at)) continue
    if (isSignature(text, words, at)) claim(at, nameEnd(words, at))
    else if (standsAlone(words, at)) claim(withInitials(words, at), standingEnd(words, at))
  }
  return withRepeats(words, taken, spans)
}

/** Whether what stands between a cue and the next word lets it name somebody. */
function follows(words: readonly Word[], { kind, next }: Cue): boolean {
  const gap = words[next]?.gap ?? ''
  switch (kind) {
    case 'named':
      return /^\s{0,2}[:=,?-]?\s{1,4}(?:[\p{L}]+: )?["“'(]?$/u.test(gap)
    case 'label':
      return /^\s{0,2}[:=?-]\s{1,4}(?:\p{L}+: )?["“'(]?$/u.test(gap)
    case 'title':
      // "my doctor. Hope" is the end of a sentence, "Dr. Hope" is not.
      return ((words[next - 1]?.text.length ?? 0) < 5 ? /^\.?\s{1,2}$/u : /^\s{1,2}$/u).test(gap)
    case 'kin':
      return /^(?:,?\s{1,2}|\s?[(:]\s?)["“']?$/u.test(gap)
    case 'greet':
      return /^,?\s{1,2}["“]?$/u.test(gap)
    default:
      return /^\s{1,2}["“]?$/u.test(gap)
  }
}

/** The end of the name that a cue announces, or its beginning when there is none. */
function behindCue(words: readonly Word[], { kind, next }: Cue): number {
  const word = words[next]
  if (!word || isNever(word.fold)) return next
  const known = nameKind(word.fold)
  const doubtful = isDoubtful(word.fold)
  if (!word.capital) return smallName(words, next, kind)
  const formal = kind === 'named' || kind === 'label' || kind === 'title'
  if (!formal && (isAcronym(word) || isCondition(words, next) || namesCondition(words, next))) return next
  const alone = !isWordLike(words[next + 1])
  const end = nameEnd(words, next)
  const strange = known === undefined && !isEnglish(word.fold) && !doubtful && !looksMedical(word.fold)
  switch (kind) {
    case 'named':
    case 'label':
      return doubtful && known === undefined && !eponyms.has(word.fold) ? next : end
    case 'title':
      if (brands.has(word.fold)) return next
      // "Dr. Smith", whatever a smith is; "Sister Act" and "doctor Please" need more.
      if ((words[next - 1]?.text.length ?? 9) < 5 && words[next - 1]?.capital) return end
      // "mi padre Alzheimer" has it, "Doctor Parkinson" is called so.
      if (eponyms.has(word.fold)) return words[next - 1]?.capital ? end : next
      return known || strange || end > next + 1 || !isEnglish(word.fold) ? end : next
    case 'kin':
      return !doubtful && (known || strange) && !isCondition(words, next)
        ? end
        : known === 'maybe'
          ? end
          : next
    case 'greet':
      return !doubtful && (known || (strange && alone)) ? end : known === 'maybe' && alone ? end : next
    case 'thing':
      // "This is Chiamaka from ward 4", but "it's Releev".
      if (known === undefined && !speaks.test(words[end]?.fold ?? '')) return next
      return selfEnd(known, words, next)
    case 'self':
      return selfEnd(known, words, next)
    case 'person':
      // What is asked, told and rung is somebody, unless it is a service; in Spanish any noun may follow.
      if (strange && !isSpanish(words) && !/(?:line|aid|health|care)$/u.test(word.fold)) return end
      return linkedEnd(known, words, next)
    default:
      return linkedEnd(known, words, next)
  }
}

/** After "with" or "de" a strange word alone is as often a medicine, a place or a firm. */
function linkedEnd(known: ReturnType<typeof nameKind>, words: readonly Word[], next: number): number {
  const word = words[next]
  if (!word) return next
  const end = nameEnd(words, next)
  if (isDoubtful(word.fold)) return known === 'maybe' && end > next + 1 ? end : next
  if (known === 'maybe' && word.titled) return next
  if (known === 'clear' || known === 'maybe') return isCondition(words, next) ? next : end
  return end > next + 1 && (known === 'family' || pairIsName(words, next)) ? end : next
}

const speaks = /^(?:here|from|again|speaking|calling|writing|and|otra|desde|de)$/u

/** The end of a name behind "I'm", where traits stand as often as names. */
function selfEnd(known: ReturnType<typeof nameKind>, words: readonly Word[], at: number): number {
  const word = words[at]
  if (!word) return at
  const end = nameEnd(words, at)
  const alone = !isWordLike(words[at + 1])
  const doubtful = isDoubtful(word.fold)
  if (known === 'clear' && !doubtful) return end
  if (known === 'maybe') return alone || end > at + 1 ? end : at
  if (doubtful || isTrait(word.fold) || isEnglish(word.fold) || looksMedical(word.fold)) return at
  return alone || end > at + 1 ? end : at
}

/** A name written without capitals counts only where it can hardly be anything else. */
function smallName(words: readonly Word[], at: number, kind: Cue['kind']): number {
  const word = words[at]
  if (!word || smallEnds.has(word.fold) || isDoubtful(word.fold)) return at
  const known = nameKind(word.fold)
  const isTitled = kind === 'title' && /^(?:dr|mr|mrs|ms)$/u.test(words[at - 1]?.fold ?? '')
  const sure =
    known === 'clear' ||
    (known === 'family' && kind === 'title') ||
    (isTitled && word.text.length > 2 && !isEnglish(word.fold) && !isSpanish(words))
  if (
    !sure &&
    !(kind === 'named' && /^(?:me llamo|es|is)$/u.test(verbBefore(words, at)) && !isEnglish(word.fold))
  )
    return at
  if ((kind === 'link' && words[at - 1]?.fold !== 'with') || (kind === 'person' && known !== 'clear'))
    return at
  return smallEnd(words, at, kind)
}

/** How far a name without capitals goes: known names, and behind "my name is" all up to where the phrase ends. */
function smallEnd(words: readonly Word[], at: number, kind: Cue['kind']): number {
  let run = at + 1
  while (run < at + 4 && isSmallPart(words, run)) run++
  const whole = !isWordLike(words[run])
  if (kind === 'named' && whole) return run
  let end = at + 1
  while (
    end < run &&
    (nameKind(words[end]?.fold ?? '') === 'family' || nameKind(words[end]?.fold ?? '') === 'clear')
  )
    end++
  const rest = words[end]
  // One strange word more, when the phrase ends with it: "follow up with patricia desrosiers".
  if (rest && whole && end + 1 === run && !isSpanish(words) && !isEnglish(rest.fold)) return run
  return end
}

function isSmallPart(words: readonly Word[], at: number): boolean {
  const word = words[at]
  return (
    word !== undefined && word.gap === ' ' && !smallEnds.has(word.fold) && words[at - 1]?.possessive === false
  )
}

function verbBefore(words: readonly Word[], at: number): string {
  const verb = words[at - 1]
  if (verb?.possessive || verb?.fold === 'called' || verb?.fold === 'llama' || verb?.fold === 'llamaba')
    return 'is'
  return verb?.fold === 'llamo' ? 'me llamo' : (verb?.fold ?? '')
}

/** A known name that needs no cue, a pair that only people have, or somebody who says or takes something. */
function standsAlone(words: readonly Word[], at: number): boolean {
  const word = words[at]
  if (!word || (!word.capital && nameKind(word.fold) !== 'clear')) return false
  if (isNever(word.fold) || isCondition(words, at)) return false
  if (!word.capital) return isSmallPair(words, at) || isSmallList(words, at)
  if (isAcronym(word)) return false
  if (
    /^(?:north|south|east|west|new|downtown|central|lake|mount|fort|port|hurricane|typhoon)$/u.test(
      words[at - 1]?.fold ?? '',
    )
  )
    return false
  const known = nameKind(word.fold)
  if (
    known === 'maybe' &&
    /^(?:in|at|from|near|en|desde|the|a|an|la|el|las|los|una|un)$/u.test(words[at - 1]?.fold ?? '') &&
    word.gap === ' '
  )
    return false
  const doubtful = isDoubtful(word.fold)
  if (namesCondition(words, at)) return false
  if (known === 'clear' && !doubtful) return true
  if (word.titled) return !doubtful && isPair(words, at)
  if (doubtful && known !== 'maybe') return false
  const next = words[at + 1]
  // "Tendai speaking", "Tendai here"
  if (
    next &&
    /^,? $/u.test(next.gap) &&
    /^(?:speaking|here)$/u.test(next.fold) &&
    !isEnglish(word.fold) &&
    !isWordLike(words[at + 2])
  )
    return true
  if (isPair(words, at)) return true
  const acts = next !== undefined && next.gap === ' ' && personVerbs.has(next.fold)
  if (known === 'maybe' && !doubtful) return word.opens ? acts : !word.possessive
  if (known === 'family' && word.text.length > 3 && !isEnglish(word.fold))
    return !word.opens || acts || word.possessive
  return (
    looksLikeFamily(word) ||
    (acts && known === undefined && !word.opens && !isEnglish(word.fold) && isSaying(next))
  )
}

/** "MAC", "ELA": initials of something. */
function isAcronym(word: Word): boolean {
  return word.text.length < 5 && word.text === word.text.toUpperCase()
}

function standingEnd(words: readonly Word[], at: number): number {
  return words[at]?.capital ? nameEnd(words, at) : smallEnd(words, at, 'person')
}

/** "Wilson disease", "Louis Bar Syndrome". */
function namesCondition(words: readonly Word[], at: number): boolean {
  const end = nameEnd(words, at)
  const [behind, next] = [words[end], words[end + 1]]
  if (behind?.gap !== ' ') return false
  return (
    conditionWords.has(behind.fold) || (behind.capital && next?.gap === ' ' && conditionWords.has(next.fold))
  )
}

function isCondition(words: readonly Word[], at: number): boolean {
  const word = words[at]
  if (!word) return false
  const next = words[at + 1]
  if (next && /^[ -]$/.test(next.gap) && conditionWords.has(next.fold)) return true
  const before = words[at - 1]
  const [gap, folded] = before?.fold === 'de' ? [before.gap, words[at - 2]?.fold] : [word.gap, before?.fold]
  return /^[. ]{1,2}$/.test(gap) && folded !== undefined && conditionBefore.has(folded)
}

/** A name alone on the last line, or behind a dash or a farewell. */
function isSignature(text: string, words: readonly Word[], at: number): boolean {
  const word = words[at]
  if (!word?.opens && !closes(words, at)) return false
  if (!word || isNever(word.fold)) return false
  const end = nameEnd(words, at)
  const last = words[end - 1]
  if (!last || !/^(?:[\s.!xX)♥❤]|\uFE0F){0,8}(?:\n|$)/u.test(text.slice(last.end, last.end + 9))) return false
  const known = nameKind(word.fold)
  if (!word.capital) return known === 'clear' && closes(words, at)
  if (isDoubtful(word.fold)) return false
  const dash = /[—–-]\s?$|\n\s*[—–-]\s*$/u.test(word.gap) && /\n|^\s*[—–]/u.test(word.gap)
  return (known !== undefined || !isEnglish(word.fold)) && (dash || closes(words, at))
}

/** The end of a name that begins at `at`: further capitalised words, initials and particles. */
function nameEnd(words: readonly Word[], at: number): number {
  let end = at + 1
  while (end < words.length && end < at + mostWords && !words[end - 1]?.possessive) {
    const word = words[end]
    const before = words[end - 1]
    if (!word || !before) break
    const initial = before.text.length === 1 && /^\. ?$/.test(word.gap)
    if (!initial && !/^ {1,2}$/.test(word.gap)) break
    if (particles.has(word.fold) && !word.capital) {
      let behind = end + 1
      while (behind < end + 3 && particles.has(words[behind]?.fold ?? '') && words[behind]?.gap === ' ')
        behind++
      const name = words[behind]
      if (!name?.capital || name.gap !== ' ' || isDoubtful(name.fold) || word.fold === 'y') break
      end = behind + 1
      continue
    }
    if (!word.capital || (isNever(word.fold) && word.text.length > 1) || word.fold === 'i') break
    // Headlines go on with capitals, and so do the labels of a form.
    if (nameKind(word.fold) === undefined && isEnglish(word.fold) && (word.titled || end > at + 1)) break
    if (
      word.text.length > 3 &&
      word.text === word.text.toUpperCase() &&
      before.text !== before.text.toUpperCase()
    )
      break
    if (conditionWords.has(word.fold) || (isDoubtful(word.fold) && nameKind(word.fold) === undefined)) break
    end++
  }
  return end
}

/** "J. R. Smith": initials before a known name belong to it. */
function withInitials(words: readonly Word[], at: number): number {
  let from = at
  while (from > 0 && from > at - 2) {
    const before = words[from - 1]
    const gap = words[from]?.gap ?? ''
    if (!before?.capital || isNever(before.fold) || before.possessive) break
    const initial = before.text.length === 1 && before.text !== 'I' && /^\.? $/.test(gap)
    const strange =
      gap === ' ' &&
      !isEnglish(before.fold) &&
      !isDoubtful(before.fold) &&
      !(before.opens && isSpanish(words))
    if (!initial && !strange) break
    from--
  }
  return from
}

function isWordLike(word: Word | undefined): boolean {
  return word !== undefined && /^[ \t]{1,2}$/.test(word.gap) && !smallEnds.has(word.fold)
}

/** Somebody named once is meant again where the same capitalised word returns; "and" joins a second person. */
function withRepeats(
  words: readonly Word[],
  taken: ReadonlySet<number>,
  spans: readonly Span[],
): readonly Span[] {
  const names = new Set(
    [...taken].flatMap((index) => (isRepeatable(words[index]) ? [words[index]?.text] : [])),
  )
  const more = words.flatMap((word, index): Span[] => {
    if (taken.has(index) || !word.capital) return []
    const again = names.has(word.text)
    const joined = isJoined(words, taken, index)
    return again || joined ? [{ start: word.start, end: word.end, type: 'NAME' }] : []
  })
  return [...spans, ...more].sort((a, b) => a.start - b.start)
}

function isRepeatable(word: Word | undefined): boolean {
  return word?.capital === true && word.text.length > 3 && !isEnglish(word.fold) && !isDoubtful(word.fold)
}

function isJoined(words: readonly Word[], taken: ReadonlySet<number>, at: number): boolean {
  const word = words[at]
  const link = words[at - 1]
  if (!word || !link || isNever(word.fold) || isDoubtful(word.fold)) return false
  // "Hleb, Sheila and Donna"
  const strange = !isEnglish(word.fold) && !word.opens
  if (strange && word.gap === ', ' && taken.has(at - 1) && taken.has(at - 2)) return true
  if (strange && words[at + 1]?.gap === ', ' && taken.has(at + 1) && taken.has(at + 2)) return true
  if (word.gap !== ' ' || link.gap !== ' ') return false
  if (!/^(?:and|y|e|or|o)$/u.test(link.fold) || !taken.has(at - 2)) return false
  return !isEnglish(word.fold) || nameKind(word.fold) === 'maybe'
}
