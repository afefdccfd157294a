import type { Word } from './words.ts'

/**
 * What the words before a name promise. `named`: a name and nothing else ("my name is"). `label`: the same on a
 * form, with a colon. `title`: "Mrs". `kin`: "my
 * daughter". `person`: something done with people ("ask for"). `link`: a
 * small word that people share with things ("from"). `greet`: "dear". `self`: "I'm".
 * `thing`: "it's".
 */
export type CueKind =
  | 'named'
  | 'label'
  | 'title'
  | 'kin'
  | 'person'
  | 'link'
  | 'greet'
  | 'self'
  | 'thing'
  | 'sign'

export interface Cue {
  readonly kind: CueKind
  /** Index of the first word behind the cue. */
  readonly next: number
}

const phrases: Readonly<Record<CueKind, string>> = {
  named:
    "my name is|my name's|my name|my full name is|my first name is|my last name is|my surname is|my real name is|my legal name is|name is|his name is|her name is|their name is|name was|i am called|i'm called|im called|is called|he's called|she's called|whose name is|me llamo|se llama|se llamaba|mi nombre es|mi nombre completo es|su nombre es|what's your name|what is your name|call me|calls me|called me|calling me|they call me|people call me|known as|goes by|me dicen|me llaman|le dicen|le llaman|under the name|under the name of|a nombre de",
  label:
    'name|full name|first name|last name|surname|patient|patient name|client|user|nombre|nombre completo|nombre y apellidos|paciente|apellidos|apellido|titular|cliente|cardholder|account holder|contact|emergency contact|next of kin|attn|attention|contacto|contacto de emergencia|familiar|responsable',
  title:
    'mr|mrs|messrs|officer|coach|captain|capt|sgt|deacon|sheikh|lic|ing|arq|abg|mtro|mtra|profe|ms|mx|miss|dr|doctor|doctors|prof|professor|nurse|sister|brother|father|rev|reverend|pastor|imam|rabbi|aunt|auntie|uncle|cousin|granny|grandma|grandpa|nanny|sr|sra|srta|senor|senora|senorita|don|dona|doctora|dra|enfermera|enfermero|profesor|profesora|tia|tio|padre|sor|matrona|herr|frau|mme|monsieur|madame|mlle|signor|signora',
  kin: '',
  person:
    'ask for|asks for|asked for|speak to|speak with|spoke to|spoke with|speaking to|speaking with|talk to|talk with|talked to|talking to|tell|told|met|met with|call|called|ring|rang|text|texted|message|messaged|contact|email|emailed|mail|inform|notify|named|on behalf of|behalf of|care of|ask|asked|pass this to|pass this on to|pass it on to|follow up with|appointment with|pregunta por|pregunten por|preguntar por|habla con|hablar con|hable con|hable con la|dile a|diganle a|avisa a|avisen a|avisar a|llama a|llamen a|llamar a|llame a|de parte de|cuida a|quiero a|amo a|vi a|visito a|conozco a|llamado|llamada|conocido como|conocida como',
  link: 'with|from|by|for|to|under|and|or|about|than|of|like|without|near|is that|was that|think|thinks|see|saw|seeing|visit|visited|help|helping|love|miss|con|por|para|y|e|a|de|que|segun',
  greet:
    'hi|hello|hey|hiya|dear|good morning|good afternoon|good evening|morning|evening|thanks|thank you|thx|cheers|sorry|welcome|bye|goodbye|please|happy birthday|hola|querida|querido|estimada|estimado|buenas|buenos dias|buenas tardes|buenas noches|gracias|adios|oye|perdona|feliz cumpleanos',
  self: "i'm|im|i am|he's|she's|he is|she is|who is|soy|yo soy|aqui|habla|le habla|les habla|te habla|le escribe|les escribe|te escribe|speaking is|writing as",
  thing: "this is|it's|its|it is|that's|that is|es|era",
  sign: 'regards|kind regards|best regards|warm regards|wishes|best wishes|best|sincerely|yours|yours truly|faithfully|yours faithfully|respectfully|signed|love|hugs|xx|thanks|many thanks|thank you|cheers|take care|firmado|saludos|un saludo|saludo|atentamente|cordialmente|un abrazo|abrazo|abrazos|besos|un beso|gracias|muchas gracias|att|atte',
}

const owners = set(
  "my our his her their your mi mis su sus tu tus nuestra nuestro the a an la el una un some this that mum's mom's",
)
const between = set(
  'best good dear old older oldest elder eldest little big younger youngest young new late newborn baby close dear own other only twin beloved poor great mejor querida querido pequena pequeno mayor menor pobre amada amado joven difunto difunta buen buena ex former',
)
const kin = set(
  'roomie exhusband ex-husband ex-wife hubby godson goddaughter godmother godfather nephews son daughter husband wife partner boyfriend girlfriend bf gf fiance fiancee brother sister mother father mum mom mam dad mummy mommy daddy grandma grandpa grandmother grandfather granny granddad grandad nan nana gran grandson granddaughter grandchild friend bestie mate buddy pal boss manager supervisor neighbour neighbor baby toddler kid child newborn twin uncle aunt auntie cousin niece nephew ex colleague coworker co-worker workmate flatmate roommate housemate landlord landlady carer caregiver caretaker doctor gp physician therapist counsellor counselor psychologist psychiatrist midwife nurse surgeon dentist pharmacist consultant specialist dietitian physio physiotherapist teacher coach tutor pastor priest worker lawyer babysitter nanny stepdad stepmum stepmom stepson stepdaughter in-law mother-in-law father-in-law brother-in-law sister-in-law son-in-law daughter-in-law girl boy lady guy man woman student pupil classmate patient client dog cat ' +
    'compadre comadre padrino madrina ahijado ahijada prometido prometida exmarido exmujer hijo hija marido esposa esposo mujer madre padre mama papa hermano hermana amigo amiga novio novia nino nina bebe nene nena abuelo abuela abuelito abuelita nieto nieta tio tia primo prima sobrino sobrina cunado cunada suegro suegra yerno nuera vecino vecina jefe jefa companero companera medico medica doctor doctora enfermera enfermero psicologo psicologa psiquiatra terapeuta matrona comadrona ginecologa ginecologo pediatra dentista farmaceutico farmaceutica fisio cuidador cuidadora profesor profesora maestro maestra trabajador trabajadora social chico chica senor senora pareja ex gemelo gemela paciente alumno alumna inquilino casero casera piso trabajo',
)
const links = set('is was named called es se llama llamado llamada era')

/** The phrases by their first word, longest first. */
const byFirst = new Map<string, { readonly kind: CueKind; readonly words: readonly string[] }[]>()
for (const kind of ['named', 'label', 'title', 'self', 'greet', 'person', 'link', 'thing'] as const) {
  for (const phrase of phrases[kind].split('|')) {
    const parts = phrase.split(' ')
    const first = parts[0] ?? ''
    byFirst.set(first, [...(byFirst.get(first) ?? []), { kind, words: parts }])
  }
}
for (const cues of byFirst.values()) cues.sort((a, b) => b.words.length - a.words.length)
const signOffs = set(phrases.sign.replaceAll(' ', '_').replaceAll('|', ' '))
const signOffEnds = new Set([...signOffs].map((phrase) => phrase.split('_').at(-1)))

/** The cue that begins at word `at`, if a word stands behind it. */
export function cueAt(words: readonly Word[], at: number): Cue | undefined {
  const found = kinAt(words, at) ?? phraseAt(words, at)
  return found && found.next < words.length ? found : undefined
}

function phraseAt(words: readonly Word[], at: number): Cue | undefined {
  const first = words[at]
  if (!first || first.possessive) {
    // "My name's Priya": the ending is the verb.
    if (first?.fold === 'name') return { kind: 'named', next: at + 1 }
    const pronoun = first && /^(?:it|he|she|that|who)$/.test(first.fold)
    if (!pronoun) return undefined
    return { kind: /^(?:he|she|who)$/.test(first.fold) ? 'self' : 'thing', next: at + 1 }
  }
  for (const { kind, words: parts } of byFirst.get(first.fold) ?? []) {
    const fits = parts.every((part, index) => {
      const word = words[at + index]
      return word?.fold === part && (index === 0 || isSpace(word.gap))
    })
    if (fits) return { kind, next: at + parts.length }
  }
  return undefined
}

/** "My best friend", "mi médico se", "the social worker,": somebody is about to be named. */
function kinAt(words: readonly Word[], at: number): Cue | undefined {
  const owner = words[at]
  if (!owner || (!owners.has(owner.fold) && !owner.possessive)) return undefined
  let index = at + 1
  for (let skipped = 0; skipped < 2 && between.has(words[index]?.fold ?? ''); skipped++) index++
  if (words[index]?.fold === 'social') index++
  let found = 0
  while (kin.has(words[index]?.fold ?? '') && isSpace(words[index]?.gap ?? '')) {
    index++
    found++
    if (found === 1 && words[index]?.fold === 'de' && kin.has(words[index + 1]?.fold ?? '')) index++
    if (found === 3) break
  }
  if (found === 0) return undefined
  while (links.has(words[index]?.fold ?? '') && isSpace(words[index]?.gap ?? '')) index++
  return { kind: 'kin', next: index }
}

/** Whether a line that ends with these words, before a name alone, closes a message. */
export function closes(words: readonly Word[], before: number): boolean {
  if (!signOffEnds.has(words[before - 1]?.fold)) return false
  for (const length of [1, 2, 3]) {
    const from = before - length
    if (from < 0) return false
    if (
      signOffs.has(
        words
          .slice(from, before)
          .map((word) => word.fold)
          .join('_'),
      )
    )
      return true
  }
  return false
}

function isSpace(gap: string): boolean {
  return /^[ \t]{1,2}$/.test(gap)
}

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/))
}
