import type { SectionKind } from './article.ts'

/** What a question wants to know about its topic. Beside the sections of articles, what people ask again and again. */
export type Aspect = SectionKind | 'how-long' | 'contagious' | 'stopping'

/** How people ask for each aspect, in lower case without apostrophes; the first that fits counts most. */
const cues: readonly (readonly [Aspect, RegExp])[] = [
  [
    'stopping',
    /\b((should|can|could|may|must|do) (i|we|he|she|you|people) (have to |just |safely )?(stop|come off|quit|skip|miss|leave out|go off|wean off|cut down|give up|double|halve|change|increase|lower) (?!getting|having|catching|spreading|it from)|stopping|coming off|for life|forever)\b/,
  ],
  [
    'how-long',
    /\b(how long(?! should)|how many (days|weeks|months|hours)|how soon|how quickly|recover(y|ing|ed)?|get(ting)? over|go(es)? away by|back to normal|take to (heal|pass|clear))\b/,
  ],
  [
    'contagious',
    /\b(contagious|infectious|catching|can (i|you|we|it|they) (catch|spread|pass)|(pass|spread)(es|ing|ed)? (it |them )?(on|to|between|around)|be caught|give it to|do you catch|did i catch)\b/,
  ],
  [
    'emergency',
    /\b(ambulance|emergency|999|911|112|a&e|(go|going|need|get) (to )?(the |a )?(hospital|er)\b|attack (steps|first aid|plan|what (do|to))|(what (do|to)|how (do|to)).{0,30}\b(is having|having a)\b|too (much|many)|over ?dos(e|ed|ing))/,
  ],
  [
    'get-help-today',
    /\b(when (should|do|does|is|to|would)\b.*\b(see|call|go|get|worr\w*|doctor|gp|help|hospital|serious|dangerous|bad|need)|see (a|my|the) (doctor|gp)|(need|go to|visit) (a|the|my) (doctor|gp)|should (i|we) (be )?worr|is it serious|how serious|dangerous|check ?up|red flags?|warning sign)/,
  ],
  [
    'parents-carers',
    /\b(my (son|daughter|child|kid|baby|toddler|little one|\d+ ?(year|month|week)s? ?-?old)|(for|in|and|about) (my )?(children|kids|babies|toddlers|a child|a baby|infants)|(children|kids|babies|toddlers|infants) (and|get|have|with)|(a|the) (child|baby|toddler|infant|kid))\b/,
  ],
  [
    'prevention',
    /\b(prevent\w*|avoid\w*|stop (it|them|me|us|getting|having|catching|spreading|from)|stop \w+ing|reduc\w* (my|the|your) (risk|chance)|lower (my|the|your) (risk|chance)s?|chances? of|protect\w*|keep(ing)? .{0,30}(safe|away)|so (he|she|i|they) (doesnt|dont)|vaccin\w*|screening|get (my |your |it )?.{0,20}checked)\b/,
  ],
  [
    'treatment',
    /\b(treat(ed|ment|ments|ing)?|cure[ds]?|medicines?|medications?|(?<!without )meds|drugs?|(?<!without )tablets?|pills?|antibiotics?|surgery|operation|therapy|injections?|prescri\w*|get rid of|what (do|does|will) (the )?(doctors?|they|hospital)|how (do|does) .{0,20}work)\b/,
  ],
  [
    'causes',
    /\b(causes?|caused|why (do|does|did|am|are|is|have)|risk factors?|who gets|(at|most) (more )?risk|what makes|where does (it|\w+) come from|triggers?|sets? (it )?off|bring(s)? (it )?on|hereditary|genetic|run in)\b/,
  ],
  [
    'signs',
    /\b(signs?|symptoms?|how (do|can|would) (i|you|we) (know|tell)|what (does|do) .*(look|feel) like|feels? like|looks? like|tell (if|someone|that)|without (pain|symptoms|a))\b/,
  ],
  [
    'self-care',
    /\b(what (can|should|do) (i|we|you|someone|somebody|people|she|he|they) (do|eat|drink|take|use)|what to (do|eat|drink|put|take)|at home|home remed\w*|self.?care|relie(f|ve)|ease|help with|what helps|look(ing)? after|deal(ing)? with|cope|coping|manag(e|ing)|living with|first aid|day to day|every day|how (do|can|should|to) (i|you|we)?|should (i|you|we)|without (meds|tablets|medicine)|good for|bad for)\b/,
  ],
  [
    'what-it-is',
    /\b(what (is|are|s)|whats|define|definition|meaning( of)?|mean|explain|tell me about|info(rmation)? (on|about)|difference|different|vs|versus|same as|what (should|level|number|reading|counts|do the))\b/,
  ],
]

/** Aspects that are one question: two that share one ask the same thing. */
export const sharpAspects: ReadonlySet<Aspect> = new Set(['how-long', 'contagious', 'stopping'])

/** Where else an answer may stand when an article lacks the section. */
const instead: Readonly<Partial<Record<Aspect, readonly SectionKind[]>>> = {
  stopping: ['treatment', 'self-care'],
  treatment: ['self-care', 'emergency'],
  'self-care': ['treatment', 'emergency', 'get-help-today'],
  prevention: ['self-care', 'causes'],
  causes: ['what-it-is', 'prevention'],
  contagious: ['causes', 'prevention', 'what-it-is'],
  'get-help-today': ['emergency'],
  emergency: ['get-help-today', 'self-care'],
  'how-long': ['what-it-is', 'self-care', 'treatment'],
  'parents-carers': ['self-care'],
  signs: ['what-it-is'],
}

/** The aspects a question or a heading is about, the surest first. */
export function aspectsOf(text: string): readonly Aspect[] {
  const said = text.toLowerCase().replace(/[’']/g, '')
  return cues.filter(([, pattern]) => pattern.test(said)).map(([aspect]) => aspect)
}

/** Sections to look in for an aspect, best first, of those that an article has. */
export function sectionsFor(aspect: Aspect, has: ReadonlySet<Aspect>): readonly Aspect[] {
  return [aspect, ...(instead[aspect] ?? [])].filter((kind) => has.has(kind))
}
