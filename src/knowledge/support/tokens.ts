import { termOf } from '../words.ts'
import { isUnit } from './figures.ts'
import { replacements } from './synonyms.ts'

/** How sure or how often: what is said of a clause as a whole. */
export type Hedge = 'may' | 'often' | 'seldom' | 'always' | 'must' | 'only' | 'almost'

export interface Token {
  readonly term: string
  readonly at: number
  /** Which clause of its sentence: parts between commas, "and", "but", "if". */
  readonly clause: number
  readonly denied: boolean
  /** Inside "if …", "unless …", "until …". */
  readonly condition?: Condition
}
export type Condition = 'if' | 'unless' | 'until' | 'when' | 'without' | 'before' | 'after'

export interface Read {
  readonly words: readonly string[]
  /** What carries meaning, in order. */
  readonly tokens: readonly Token[]
  readonly hedges: readonly { readonly hedge: Hedge; readonly clause: number }[]
  /** Clauses of its "not", "no", "without", "un-", one for each. */
  readonly denials: readonly number[]
  /** It tells somebody what to do. */
  readonly advises: boolean
}

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
const clauseEnds = new Set([',', ';', ':', '.', '(', ')', '—', '–'])
const clauseWords = new Set([
  'and',
  'but',
  'so',
  'because',
  'although',
  'though',
  'while',
  'whereas',
  'then',
  'yet',
])
const conditions: Readonly<Record<string, Condition>> = {
  if: 'if',
  unless: 'unless',
  until: 'until',
  except: 'unless',
  when: 'when',
  whenever: 'when',
  before: 'before',
  after: 'after',
  without: 'without',
}
const negators = new Set('not no never none nobody nothing neither nor avoid refrain skip free'.split(' '))
const words: Readonly<Record<string, readonly Hedge[]>> = {
  may: ['may'],
  might: ['may'],
  could: ['may'],
  can: ['may'],
  possibly: ['may'],
  perhaps: ['may'],
  maybe: ['may'],
  sometimes: ['may'],
  some: ['may'],
  occasionally: ['may'],
  potential: ['may'],
  able: ['may'],
  often: ['often'],
  usually: ['often'],
  mostly: ['often'],
  most: ['often'],
  mainly: ['often'],
  generally: ['often'],
  typically: ['often'],
  normally: ['often'],
  majority: ['often'],
  tend: ['often'],
  tends: ['often'],
  many: ['often'],
  likely: ['often'],
  commonly: ['often'],
  lots: ['often'],
  rarely: ['seldom'],
  seldom: ['seldom'],
  hardly: ['seldom'],
  few: ['seldom'],
  rare: ['seldom'],
  unlikely: ['seldom'],
  always: ['always'],
  all: ['always'],
  everyone: ['always'],
  everybody: ['always'],
  every: ['always'],
  completely: ['always'],
  anyone: ['always'],
  any: [],
  fully: ['always'],
  totally: ['always'],
  definitely: ['always'],
  guaranteed: ['always'],
  certainly: ['always'],
  must: ['must'],
  should: ['must'],
  ought: ['must'],
  only: ['only'],
  almost: ['almost'],
  nearly: ['almost'],
}
/** Carry no topic; what turns a meaning round ("not", "before", "more", "without") is not among them. */
const empty = new Set(
  `a an the of in on at to for by with as is are was were be been being am it its they them their theirs this that these those there
  here you your yours yourself he she his her him who whom whose which what how and or but so then do does did doing done have has had having
  will would can may might could should must ought also very really quite just even still please well else also such like example including include
  includes called means mean person people someone somebody anyone anybody everyone everybody something anything thing things one ones
  some any most mostly usually often many all every always sometimes generally normally typically mainly tend tends likely rarely seldom few
  lot lots majority become becomes get gets getting got make makes making made
  if unless until when whenever once while although though because since not no never none nor neither nobody nothing
  from during almost nearly only us_ we our it_ everywhere where too both_ rather another other others that_ far much bit well yes several currently already available simply yet away into out up through within
  at_ least about`.split(/\s+/),
)
/** What opens a sentence that tells what to do; many are nouns, too, which the next word shows. */
const imperatives = new Set(
  `phone visit ring consult call see ask tell take give use try drink eat wash rest keep stop avoid go get do let put sit lie stay wear check talk have make find learn
  choose start begin seek offer treat apply follow clean cover remove wait look watch note write plan set bring say read stand breathe turn limit
  cut wrap heat cool warm boil cook store throw rinse brush dry walk exercise move sleep speak contact leave return book join build test hold
  press raise lower place shake finish show help listen believe share change switch reduce protect remember think be work open close spend
  skip swap stretch add lift pick carry prepare practise practice consider name mix pace sip breastfeed avoid visit never quit feel allow know
  spot trust accept expect act feed comb calm soak increase double mind step aim split schedule arrange report hug chill freeze defrost peel
  discard pour replace change lean loosen gargle pack need_`.split(/\s+/),
)

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

interface Lexed {
  readonly word: string
  /** The first word as it stands: "movement" is no "move". */
  readonly raw: string
}

function lexed(text: string): readonly Lexed[] {
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

/** Reads one sentence. Pure; a few microseconds. */
export function read(text: string): Read {
  const found = lexed(text)
  const said = found.map(({ word }) => word)
  const raw = found.map(({ raw }) => raw)
  const tokens: Token[] = []
  const hedges: { hedge: Hedge; clause: number }[] = []
  const denials: number[] = []
  let clause = 0
  let denied = false
  let condition: Condition | undefined
  /** Words of meaning since a condition began. */
  let inside = 0
  let denyOne = -1
  /** A condition opened the sentence: it goes to the last comma. */
  let fronted = false
  let advises = false
  let opens = true
  said.forEach((word, at) => {
    const next = said[at + 1] ?? ''
    if (clauseEnds.has(word) || clauseWords.has(word)) {
      clause++
      // "do not push, pull or lift": a list goes on under its "not"; another clause does not.
      if (word !== ',' || begins(next)) denied = false
      opens = true
      const soft = condition !== 'if' && condition !== 'unless'
      const runsOn = word === ',' && !fronted && !soft && imperatives.has(next)
      if (runsOn) denied = false
      else if (begins(next) || !/^(?:,|and|\()$/.test(word)) condition = undefined
      else if (word === 'and' && soft && /^(?:can|may|is|are|will|often)$/.test(next)) condition = undefined
      else if (fronted && word === ',' && !said.includes(',', at + 1)) condition = undefined
    }
    const narrows = condition !== undefined && condition !== 'if' && condition !== 'unless'
    if (narrows && inside > 0 && /^(?:you|it|they|there|we|what|how|whether|which)$/.test(word)) {
      condition = undefined
      denied = false
      clause++
    }
    const opened: Condition | undefined = word === 'if' && said[at - 1] === 'even' ? 'when' : conditions[word]
    if (opened) {
      condition = opened
      inside = 0
      denied = opened === 'without'
      fronted = tokens.length === 0
      if (opened === 'without') denials.push(clause)
      clause++
      opens = false
    }
    for (const hedge of words[word] ?? [])
      if (word !== 'few' || said[at - 1] !== 'a') hedges.push({ hedge, clause })
    if ((word === 'need' || word === 'have') && next === 'to') {
      if (!denied) hedges.push({ hedge: 'must', clause })
      // "You do not have to" is no "do not".
      else if (word === 'have') tokens.push({ term: 'need', at, clause, denied })
    }
    if (opens && !clauseEnds.has(word) && !clauseWords.has(word)) {
      const does =
        (imperatives.has(raw[at] ?? '') &&
          !/^(?:is|are|was|can|may|might|means|often|of|in|has|with|helps?|causes?|trains?|makes?|on|,)$/.test(
            raw[at + 1] ?? '',
          )) ||
        (word === 'do' && next === 'not')
      if (does && condition === undefined) advises = true
      if (!/^(?:also|first|always|never|please|not|do|instead|just)$/.test(word)) opens = false
    }
    if (countsAt(said, at)) return
    // "Not smoking helps": it denies that one word.
    if (word === 'not' && (raw[at + 1] ?? '').endsWith('ing') && opensSentence(said, at)) denyOne = at + 1
    if (negators.has(word) && !/^(?:only|just)$/.test(next) && !(word === 'free' && said[at - 1] !== 'of')) {
      denied = !denied
      denials.push(clause)
      return
    }
    if (word === 'not') {
      tokens.push({ term: 'not_only', at, clause, denied: false })
      return
    }
    if (word === 'as' && begins(next)) {
      clause++
      denied = false
      return
    }
    if (opened) return
    if (empty.has(word) || clauseEnds.has(word) || word === '?' || word === '!') return
    if (clauseWords.has(word) || opened) return
    inside++
    const signed = turned.get(word)
    if (signed) denials.push(clause)
    const term = signed ?? (word.includes('_') || word.startsWith('{') ? word : termOf(word))
    tokens.push({
      term,
      at,
      clause,
      denied: signed ? !denied : denied,
      ...(condition ? { condition } : {}),
    })
    if (denyOne === at) denied = false
  })
  return {
    words: said,
    tokens,
    hedges,
    denials,
    advises: advises || hedges.some(({ hedge }) => hedge === 'must'),
  }
}

function opensSentence(said: readonly string[], at: number): boolean {
  return at === 0 || clauseEnds.has(said[at - 1] ?? '')
}

/** Whether a text opens by telling what to do: "ask", "do not ask". */
export function startsAdvice(text: string): boolean {
  const [first = '', second = ''] = lexed(text).map(({ raw }) => raw)
  return imperatives.has(first) || first === 'never' || `${first} ${second}` === 'do not'
}

/** What follows a comma and is a clause of its own. */
function begins(word: string): boolean {
  return (
    /^(?:you|it|they|this|that|we|the|but|so|then|if|even|a|an|many|most|some|your|do|not|never)$/.test(
      word,
    ) || imperatives.has(word)
  )
}

const bounds =
  /^(?:over|above|more|less|fewer|under|below|than|at|least|up|to|within|every|each|after|before|longer|older|younger|higher|lower|greater|maximum|minimum|per|ago|later|past|since|beyond|between)$/

/** A number, its unit and what bounds it: figures are compared as a whole. */
function countsAt(said: readonly string[], at: number): boolean {
  const word = said[at] ?? ''
  const isNumber = (index: number) => /^\d/.test(said[index] ?? '')
  if (isNumber(at)) return true
  if (isUnit(word) && (isNumber(at - 1) || /^(?:a|an|per|each|every|1)$/.test(said[at - 1] ?? '')))
    return true
  if (!bounds.test(word)) return false
  const ahead = [1, 2, 3].some(
    (step) =>
      isNumber(at + step) && said.slice(at + 1, at + step).every((one) => bounds.test(one) || empty.has(one)),
  )
  return (
    ahead ||
    [1, 2, 3].some(
      (step) =>
        isNumber(at - step) &&
        said.slice(at - step + 1, at).every((one) => isUnit(one) || /^(?:or|and|years?|old)$/.test(one)),
    )
  )
}

/** Words that deny another. */
const turned = new Map<string, string>(
  Object.entries({
    unsafe: 'safe',
    uncommon: 'common',
    impossible: 'possible',
    unable: 'able',
    incurable: 'cure',
    painless: 'pain',
    unproven: 'proof',
    ineffective: 'effective',
    unnecessary: 'need',
    untreated: 'treat',
    harmless: 'harm',
    abnormal: 'normal',
    irregular: 'regular',
    unhealthy: 'healthy',
    unsure: 'sure',
    unimportant: 'key',
    unvaccinated: 'vaccine',
  }),
)
