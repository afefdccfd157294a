import { looksLikeMedicine } from './english.ts'
import { weightOf } from './topic-words.ts'
import { wordsOf } from './words.ts'

/** Asks for a verdict on one person: general facts only, never a judgement. */
const verdict =
  /\b(do (i|we) have|have (i|we) got|does (he|she|my \w+) have|has (he|she|my \w+) got|am i (having|getting|pregnant|dying|at risk|ok|okay|overweight|depressed)|(is|was) (it|this|that|mine) (cancer|a stroke|a heart attack|serious|bad|dangerous|normal|infected|broken) ?(for me)?|(is|are) my .{0,30}(normal|ok|okay|bad|high|low|serious|dangerous|infected)|whats wrong with me|what do i have|diagnose me|diagnose my|can you diagnose)\b/

/** Asks how much, or whether to take, change or mix a medicine. */
const dose =
  /\b((what|which|whats the|right|correct|max|maximum|safe) (\w+ )?(dose|dosage)|dose of|dosage|how (much|many) .{0,40}\b((should|can|do|could|to|would be) ?(i|he|she|we|you|they|my \w+|a \w+|the \w+)? ?(take|give|have|safe)|is (safe|too (much|many)))|(should|can|could|may|must) (i|we|he|she|my \w+) (\w+ )?(stop|quit|skip|miss|double|halve|increase|come off|go off|wean off|cut down|start|take|use|mix|combine|give|drink|have)\b)/
/** How much of what, when for whom comes after: "how much calpol for a 3 month old". */
const howMuch = /\b(how (much|many)|what amount)\b/
const medicine =
  /\b(medicines?|medications?|meds|drugs?|tablets?|pills?|painkillers?|antibiotics?|antihistamines?|antidepressants?|steroids?|laxatives?|inhalers?|puffs?|drops|statins?|thinners?|anticoagulants?|beta ?blockers?|levothyroxine|thyroxine|metformin|lithium|warfarin|prednisolone|diazepam|contraceptives?|syrup|insulin|calpol|nurofen|tylenol|advil|motrin|aspirin|paracetamol|acetaminophen|codeine|melatonin|piriton|benadryl|imodium|gaviscon|vitamins?|supplements?|mg|ml|dose|dosage)\b/

/** Asks whether something is all right. */
const allowed =
  /\b(ok|okay|safe|alright|all right|fine|allowed|bad|harmful) (for|in|to|with|while|when|during)\b/

/** A medicine for somebody whose medicine a person works out: "aspirin for my 10 year old". */
const forWhom =
  /\b(for|to|in|give) (my |a |an |the |our |pregnant )?(\d+ ?(month|week|year|yr)s? ?olds?|bab(y|ies)|infants?|newborns?|toddlers?|child(ren)?|kids?|sons?|daughters?|little one|pregnan\w*|women who are pregnant|breast ?feed\w*)\b/

/** Amounts that only a person may work out: for a child, by weight, in pregnancy. */
const notGeneral =
  /\b(bab(y|ies)|infants?|newborns?|toddlers?|child(ren)?|kids?|sons?|daughters?|little one|\d+ ?(month|week|year|yr)s? ?olds?|\d+ ?(kg|kilos?|lbs?|pounds|stone)|pregnan\w*|breast ?feed\w*|nursing)\b/
/** Asks for the amount that harms. */
const tooMuch =
  /\b(too (much|many)|over ?dos(e|ed|ing)|lethal|fatal|deadly|toxic|poisonous|kill (you|me|someone|a person)|die from|max(imum)? (amount|number|dose)|how (much|many) .{0,40}(to die|kill|harm|dangerous))\b/

/** Tells the machine what to be, or asks for something other than health. */
const command =
  /\b((ignore|disregard|forget) (all |any |the |your |my )*(previous|prior|above|earlier|instructions?|rules)|system prompt|your (instructions|rules|prompt)|you are now|pretend (to be|you)|act as|jailbreak|developer mode|repeat after me|(write|compose|draft) (me |us )?(a|an|some|my)\b|translate|tell me a (joke|story|poem)|(function|code|script) (that|to|in|for)|play (some|a|the|me)\b|book (me|a|us)\b|remind me|set an? (alarm|timer)|do my homework)|\b(in|for) (my |our |a |the )?(dogs?|cats?|puppies|kittens|rabbits|hamsters|horses|pets)\b|\b(my|our) (dog|cat|puppy|kitten|rabbit|hamster|horse|pet) (ate|has|is|keeps|swallowed|wont|cant|needs|drank)\b/

const arithmetic =
  /^\s*(what(s| is)\s+)?[\d\s.,]+(\s*([-+*/x×÷^]|times|plus|minus|divided by)\s*[\d\s.,]+)+\??\s*$/

/** Leans on what was said before. */
const opener =
  /^(and|what about|how about|also|but|ok and|okay and|so|why|how long|how often|how|when|is (it|that|this)|are (they|these)|can (it|that|they|you|i)|does (it|that)|do (i|you|they)|will (it|that|i)|should i|for|in|what if|what (causes|helps|are the|should|can|do)|who|where|any|treatments?|symptoms?|signs?|causes?|prevention)\b/
const pointer = /\b(it|its|that|this|those|these|they|them)\b/

/** Words of this weight are in few dictionaries; see `topic-words.ts`. */
const rareWeight = 2
/** How many words a follow-up has at most. */
const longestFollowUp = 12
/** A follow-up brings little that the topic's article does not know. */
const mostMissing = 1

function plain(text: string): string {
  return text.toLowerCase().replace(/[’']/g, '').replace(/\s+/g, ' ').trim()
}

/**
 * What kind of personal advice a question asks for, if any: a verdict on somebody, whether or how to take something,
 * or that for a child, by weight or in pregnancy.
 */
export function personalAdvice(text: string): 'verdict' | 'dose' | 'special_dose' | undefined {
  const said = plain(text)
  const aboutMedicine = medicine.test(said) || wordsOf(said).some(looksLikeMedicine)
  if (aboutMedicine && forWhom.test(said)) return 'special_dose'
  if (aboutMedicine && notGeneral.test(said) && (dose.test(said) || howMuch.test(said) || allowed.test(said)))
    return 'special_dose'
  if (dose.test(said) && (aboutMedicine || /\b(dose|dosage)\b/.test(said))) return 'dose'
  return verdict.test(said) ? 'verdict' : undefined
}

/** Whether the amount that harms is asked for: amounts are withheld, whoever asks. */
export function asksTooMuch(text: string): boolean {
  return tooMuch.test(plain(text))
}

/** An order to the machine, a sum, or an order for something else: not a question about health, whatever it names. */
export function isCommand(text: string): boolean {
  const said = plain(text)
  return command.test(said) || arithmetic.test(said)
}

/** Whether a message leans on the last topic: it begins or points like a follow-up and `missing` little of the topic's article. */
export function isFollowUp(text: string, missing: number): boolean {
  const words = wordsOf(text)
  if (words.length === 0 || words.length > longestFollowUp || missing > mostMissing) return false
  const said = words.join(' ')
  return opener.test(said) || pointer.test(said)
}

/** It has a word that could name a topic. */
export function hasTopicWord(text: string): boolean {
  return wordsOf(text).some((word) => !/^\d+$/.test(word) && weightOf(word) > 0)
}

/** Words and endings that only talk of health has. */
const health =
  /\b(symptoms?|treat(ed|ment|ments|ing)?|cures?|disease|disorder|syndrome|surgery|pains?|aches?|aching|hurts?|sick|ill|illness|nausea|vomit\w*|doctor|gp|hospital|medicines?|medications?|meds|tablets?|pills?|contagious|infect\w*|swollen|swelling|bleed\w*|itch\w*|rash|lump|vaccin\w*|jab|cancer|tumou?r|blood|pregnan\w*|periods?|allerg\w*|health|healthy|diet|sleep|weight|stress|anxious|sad|depress\w*|mental|skin|eyes?|ears?|throat|chest|stomach|tummy|belly|back|knee|ankle|foot|feet|toe|toenail|bones?|muscles?|joints?|nerves?|kidneys?|liver|lungs?|brain|teeth|tooth|gums?|mouth|nose|hair|nails?|arms?|legs?|hands?|fingers?|heart|head|headaches?|breasts?|penis|vagina|testicles?|balls|sex|sexual|pee|peeing|wee|urine|poo|poop|stools?|diarrh?o?ea|constipat\\w*|bloated|breath\\w*|wheez\\w*|temperature|burning|numb|tingl\\w*|tired|exhausted|bab(?:y|ies)|toddlers?|newborn|menopause|mental|panic|suicid\\w*|smok\\w*|vap\\w*|alcohol|drunk|drugs?|stings?|bites?|bitten|feel|feels|feeling|mood|worried|scared|lonely|cry|crying|hopeless|hits|hitting|abus\w*|eat|eating|calories?|exercise|fever|cough|virus|dose|overdose|injur\w*|wounds?|dizzy|faint\w*|scan|mri|x ?ray|veins?|botox|hereditary|side effects?|\w+(itis|osis|aemia|emia|algia|oma|pathy|ectomy|plegia|uria|rrh(o?ea|age)|phobia|plasty))\b/

/** Whether a question could be about health: by a word of health, or a word so rare that it may be one. */
export function aboutHealth(text: string): boolean {
  return health.test(plain(text)) || wordsOf(text).some((word) => weightOf(word) >= rareWeight)
}

const sugarReading =
  /\b(?:sugars?|glucose|bg|bm|blood sugar) (?:level )?(?:is|was|of|at|reads?|reading)? ?(\d{1,2}(?:\.\d)?)\b(?! ?(?:mg|percent|%|g\b|years?|days?|weeks?|times))/i
const pressureReading = /\b(\d{2,3})\s*(?:\/|over)\s*(\d{2,3})\b/g

/** Says what a bare reading is of: people write "is 150 over 95 bad". */
export function nameReadings(text: string): string {
  return nameSugar(text).replace(pressureReading, (reading: string, upper: string, lower: string) =>
    Number(upper) >= 70 && Number(upper) <= 260 && Number(lower) >= 40 && Number(lower) < Number(upper)
      ? `${reading} blood pressure reading`
      : reading,
  )
}

/** Below 4 mmol/L is low, above 14 high: the articles on both name the bodies that say so. */
function nameSugar(text: string): string {
  const level = Number(sugarReading.exec(text)?.[1] ?? Number.NaN)
  if (level < 4) return `${text} low blood sugar`
  return level >= 14 && level < 50 ? `${text} high blood sugar` : text
}
