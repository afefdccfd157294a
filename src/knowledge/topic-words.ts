import { commonness } from './english.ts'
import { isStopWord, termOf } from './words.ts'

/** What is asked about a topic, not the topic: these say which part of an article is meant. */
const frame = new Set(
  `sign symptom cause reason trigger treat treatment cure medicine medication med drug tablet pill remedy prevent
  prevention avoid help happen work difference different long last often normal safe dangerous serious bad worse worst
  worry worried early main type kind diagnose diagnosis test check contagious catch spread doctor gp nurse hospital
  clinic er ambulance emergency risk best better good fast quick quickly stop start feel feeling feels ease manage cope
  handle deal rid take use try look looks looking after see ask tell find call go going come comes went leave make makes
  meaning mean definition define explain info information advice question answer fact home natural first aid common
  possible likely chance actually properly right wrong fine sure able use used using point become
  wonder wondering describe happened happens say says said think thinking thought keep keeps put puts read
  should would happen show shows let lets kinda sort ask asks else`
    .split(/\s+/)
    .map(termOf),
)

/** Who and when: people, ages, days. They describe the asker, seldom the topic. */
const people = new Set(
  `mother mum mom mam mummy mommy father dad daddy son daughter brother sister wife husband partner boyfriend girlfriend
  friend mate nan nana gran grandma grandmother grandad grandpa grandfather aunt uncle cousin neighbour neighbor boss
  colleague man woman men women lady guy boy girl kid kids child children baby babies toddler teen teenager adult law
  family parent parents in-law old older elderly young younger year years yr yrs month months week weeks day days hour
  hours minute minutes second seconds ago yesterday tomorrow tonight night morning evening afternoon time times once
  twice since while during already soon later recently lately week weekend spring summer autumn winter monday tuesday
  wednesday thursday friday saturday sunday january february march april june july august september october november
  december name doc sir madam dear everyone nobody nobodys around another new little big small huge couple few lots
  every each next same other both two three four five six seven eight nine ten`
    .split(/\s+/)
    .map(termOf),
)

/** Weight by SCOWL size: a word that few texts use says more about what is asked. */
const byCommonness: Readonly<Record<number, number>> = {
  10: 0.5,
  20: 1,
  35: 1.6,
  40: 1.8,
  50: 2,
  55: 2,
  60: 2,
  70: 2.2,
}
/** Of a word in no dictionary: a rare illness, a medicine, or a slip of the fingers. */
const unknownWeight = 2.4
const numberWeight = 0.3

/** How much a word says about the topic of a question: 0 for its frame, most for words nobody uses by chance. */
export function weightOf(word: string): number {
  if (isStopWord(word)) return 0
  if (/^\d+$/.test(word)) return numberWeight
  const term = termOf(word)
  if (frame.has(term) || people.has(term)) return 0
  const size = commonness(word) ?? commonness(term)
  return size === undefined ? unknownWeight : (byCommonness[size] ?? unknownWeight)
}
