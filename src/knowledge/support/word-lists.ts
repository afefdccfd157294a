/** How sure or how often: what is said of a clause as a whole. */
export type Hedge = 'may' | 'often' | 'seldom' | 'always' | 'must' | 'only' | 'almost'

/** What narrows the words behind it. */
export type Condition = 'if' | 'unless' | 'until' | 'when' | 'without' | 'before' | 'after'

export const clauseEnds = new Set([',', ';', ':', '.', '(', ')', '—', '–'])
export const clauseWords = new Set([
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
export const conditions: Readonly<Record<string, Condition>> = {
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
export const negators = new Set(
  'not no never none nobody nothing neither nor avoid refrain skip free'.split(' '),
)
/** Words of certainty and duty. */
export const hedgeWords: Readonly<Record<string, readonly Hedge[]>> = {
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
export const empty = new Set(
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
export const imperatives = new Set(
  `phone visit ring consult call see ask tell take give use try drink eat wash rest keep stop avoid go get do let put sit lie stay wear check talk have make find learn
  choose start begin seek offer treat apply follow clean cover remove wait look watch note write plan set bring say read stand breathe turn limit
  cut wrap heat cool warm boil cook store throw rinse brush dry walk exercise move sleep speak contact leave return book join build test hold
  press raise lower place shake finish show help listen believe share change switch reduce protect remember think be work open close spend
  skip swap stretch add lift pick carry prepare practise practice consider name mix pace sip breastfeed avoid visit never quit feel allow know
  spot trust accept expect act feed comb calm soak increase double mind step aim split schedule arrange report hug chill freeze defrost peel
  discard pour replace change lean loosen gargle pack need_`.split(/\s+/),
)

/** Words that deny another. */
export const turned = new Map<string, string>(
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
