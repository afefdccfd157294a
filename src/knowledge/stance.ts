/** How a text stands to what it speaks of. */
export interface Stance {
  /** It merely asks, or asks for help: an answer is due, no correction. */
  readonly asks: boolean
  /** It says itself that something is false, or jests. */
  readonly debunks: boolean
  /** It denies: "does not", "cannot", "nobody". */
  readonly denies: boolean
  /** It warns off: "never …", "do not …", "stop …". */
  readonly forbids: boolean
  /** It stands by what it says, or says that it is hidden: "look it up", "that's why", "they won't tell you". */
  readonly insists: boolean
  /** What it denies of its subject, where it is plain: an effect, a likeness, a harm. */
  readonly denial?: Denial
}

/** "does not cause", "is not a", "is not dangerous": the last is what those say who make light of something. */
export type Denial = 'effect' | 'identity' | 'harm'

const greeting =
  "(?:(?:hi|hello|hey|ok|okay|so|um|and|but|well|quick question|question|sorry|please|guys|everyone|just|can anyone tell me|does anyone know|anyone know|someone tell me|i (?:was )?wonder(?:ing|ed)?|i want to know|i'?d like to know|not sure|just checking|curious)[ ,:.!-]+(?:if |whether )?)*"
/** Asks in earnest, at the beginning or after a greeting: a verb before its subject, or a question word. */
const opener = new RegExp(
  `^${greeting}(?:(?:is|are|does|could|would|should|has|which|who|whose|whom|whats|what's|where|whether|is it true|true or false|fact or fiction|any (?:idea|advice|tips|recommendations))\\b|can(?!'|t| also| even)\\b|do(?! (?:yourself|your|it|not|this|that|u|a|the)\\b)\\b|did(?!n)\\b|will(?! never)\\b|(?:was|were) (?:it|he|she|this|that|the|my|i|there|they|we|you|any)\\b|(?:have|had) (?:you|u|they|we|i|any|anyone|there|people|scientists|doctors)\\b|what(?! (?:they|i|people|we|if|you|nobody|no one|doctors)\\b)\\b|(?:when|how) (?:is|are|do|does|did|can|should|would|will|could|long|many|much|often|soon|to|dangerous|safe|likely|bad|old|come)\\b)`,
)
/** Asks without meaning to ask: the claim lies in the question. */
const rhetorical =
  /(?:^|[,;] )(?:so |and |but |then |ok |okay |seriously |honestly |tell me )*(?:why|how come|(?:did|do|have|are)(?:n'?t)? (?:you|u|ppl|people) (?:not |ever |even )?(?:read|looked|know|realise|realize|see|heard|noticed|seen|aware|worried)|who (?:knew|else|needs)|(?:what if i|shall i|can i|have i) (?:told|tell) (?:you|u)|who else|how (?:can|could) (?:you|they|anyone|anybody)|how (?:many|much) more|(?:is|are|was|do|does|did|has|have|ca|wo|could|should|would)n'?t (?:it|that|they|you|u|doctors|anyone|people|everyone|we|the)|(?:it'?s|its) (?:funny|odd|strange|obvious)|what (?:are|do) they (?:hiding|not want)|funny how|ever (?:wonder|notice)\w*)\b/
/** Tells what was heard, and asks whether it holds. */
const wonders =
  /\b(?:(?<!n'?t |nt )is (?:it|this|that) (?:true|right|real|correct|a myth)|(?:is|was) (?:he|she|it|this) right|are they right|true or (?:false|not)|any truth|any evidence|really true|should i (?:believe|worry|be worried)|(?:not|never) sure (?:if|whether|what|about)|(?:no|honestly no|any) idea (?:if|whether)|wonder(?:ing)? (?:if|whether|how|what)|what do you think|fact ?check|can (?:someone|anyone) (?:confirm|explain|clarify|tell me|help)|does anyone know|i (?:really |honestly )?(?:don'?t|do not) know (?:if|whether)|or is (?:it|that)|or not(?=$|[?,.])|need to know|please advise|what (?:now|do (?:i|we) do|should (?:i|we) do)|worried (?:that|about|if|it)|scared (?:that|of|about)|how do i reference|(?<!why |how |what )(?:should|can|could|must) i|is (?:it|that|this) (?:ok|okay|safe|bad|good|normal|dangerous|serious|harmful|worth|possible|a problem|enough)|how (?:can|do|will|would) (?:i|we|you)|what is (?:true|right|best)|same thing\?|which is (?:best|better))\b/
/** Tells of what happens or was just done: help comes first, and no claim is made. */
const inNeed =
  /\b(?:(?:i|he|she|they|we|who|child|kid|son|daughter|toddler|baby|boy|girl|mum|mom|dad|husband|wife|nan|gran)(?:'?ve|'?s| has| have| had)? (?:just|accidentally|only just) (?:now )?(?:swallowed|drank|drunk|took|taken|ate|eaten|gave|given|put|got (?:bitten|stung)|been bitten|injected|inhaled|burnt|burned|touched|had)|^just (?:swallowed|drank|took|ate|injected)|(?:minutes?|mins?|an hour|half an hour|seconds?) ago|(?:is|are|has|having|hes|shes|he's|she's) (?:\w+ ){0,4}right now|please help|help me|help us|what do (?:i|we) do|going blue|not breathing|wont wake|won't wake)\b/
/** What is said of a claim that the speaker holds false, or of whoever spreads it. */
const debunk = new RegExp(
  `\\b(?:${[
    "myths?|mythical|debunk\\w*|misinformation|disinformation|hoax(?:es)?|conspiracy theor\\w+|conspiracies|conspiracy nuts?|old wives|wives'? tales?|fairy ?tales?|urban legends?|superstition\\w*|tall tales?",
    "(?:is|are|was|were|its|it'?s|that'?s|thats|they'?re|he'?s|she'?s|hes|shes|theyre|youre|you'?re|simply|just|completely|totally|utterly|absolute|absolutely|complete|total|utter|such|so|all|which is|obviously|obvs|clearly|plain|pure|dead|bless (?:her|him|them),?)(?: (?:all|such|just|so|a load of|a pile of|totally|completely|absolute|absolutely|complete|utter|utterly|total|obviously|clearly|actually|plain|pure|dead|simply|flat out|load of))* (?:not true|untrue|false|nonsense|rubbish|bull\\w*|bs|garbage|tosh|bollocks|twaddle|tripe|claptrap|codswallop|drivel|crap|baloney|poppycock|hogwash|piffle|balderdash|cobblers|fake|wrong|mistaken|misled|baseless|ridiculous|daft|silly|absurd|ludicrous|ignorant|ignorance|idiotic|stupid|hurtful|insulting|offensive|outdated|unfounded|bonkers|bananas|crackers|quackery|a (?:bad|terrible|stupid|dangerous) idea|a lie|lies|bunk|misleading|misguided|misunderstood)",
    "isn'?t true|not true|never true|(?:not|isn'?t) the case|(?:is|are|was|were|as) (?:just |only |simply )?(?:a |an )?(?:scam|con|fraud|rip ?off|hollywood \\w+) (?:and|that|which|from)|(?:just|simply|pure) (?:bad timing|coincidence|bad luck)|makes? (?:it|things|them) (?:much |far |even )?worse|(?:isn'?t|not) how (?:it|that|this|they) works?|false (?:claim|rumou?r|idea|belief|statement)s?|fake news|fake (?:claim|cure|rumou?r)s?|rumou?rs?",
    '(?:no|zero|little|without|not any|any|lack of)(?: (?:scientific|good|real|credible|solid|actual|such))* (?:evidence|link|proof|connection|association|basis|truth)|not (?:\\w+ )?(?:linked|proven|associated|connected)|nothing to do with|no such link',
    'disproved|disproven|discredited|retract\\w*|refuted|unproven|unfounded|misread|misquoted|misinterpret\\w*|misconceptions?|flawed|exaggerated claims?|never been (?:shown|proven|linked)|has been (?:shown|proven) not|fell for|was a fraud|fraudulent',
    "contrary to|despite (?:claims|what)|(?:stop|quit|please don'?t|don'?t|fed up (?:of|with)|sick of|tired of|hate (?:when|that|how|it when)) (?:people |everyone |folk |ppl )?(?:saying|spreading|telling|believing|sharing|posting|repeating|claiming|peddling|pushing that)|i (?:used to|once) (?:think|believe)|(?:used to|once) (?:thought|think|believed?|worry)|(?:don'?t|didn'?t|do not|did not|never|doesn'?t|won'?t|wouldn'?t|can'?t) (?:believe|buy|bought|fall for|agree|trust) (?:a word|the|that|it|this|anyone|people|everything|him|her|them|any of|into|with)|(?:don'?t|didn'?t|never) (?:believe|think) (?:that )?\\w+ (?:cause|cure|make|give|work)s?",
    "(?:i|we|she|he|they|doctor|gp|nurse|midwife|teacher|husband|wife|hubby|mum|dad|sister|brother|daughter|son)(?: \\w+)? (?:told|tells?|telling|corrected|laughed|rolled|proved|set|put|showed|explained|explains?|had to explain|reported|argued|disagreed?|blocked|unfollowed|muted)(?: \\w+){0,3} (?:no|no way|absolutely not|otherwise|off|straight|right|wrong|eyes|at (?:him|her|them|it)|page|to stop|why not|it|down|it doesn'?t|it does not|that'?s not|it isn'?t|he was wrong|she was wrong|the facts)(?=$|[ .,!])",
    '(?:i|we) said (?:absolutely )?(?:no|not|never)(?=$|[ .,!])|said no(?=$|[ .,!])|over my dead body|i disagree|disagree with|not a fan of|debate with|argu(?:ed|ing) with|had a row',
    'drives? me (?:mad|nuts|crazy|insane|up the wall|round the bend|bonkers)|winds? me up|makes? me (?:so )?(?:angry|cross|furious|mad|laugh|cringe|rage|sick when)|so angry|infuriat\\w+|face ?palm|eye ?roll|rolls? (?:my|our) eyes|(?:and|then|so|just|i|we) reported (?:it|them|him|her|that)|(?:we|i|everyone)(?: all)? (?:laughed|groaned|tried not to laugh|cringed|winced)|groaned|cringe\\w*|shut up|sleazy|quacks?|snake oil|scammers?|grifters?|gullible|dangerous advice|bad advice|terrible advice|bless (?:her|him|them)(?=$|[ .,!])',
    "just kidding|only (?:kidding|joking|messing)|just joking|kidding obviously|jk|j/k|jks|/s|sarcasm|sarcastic|satire|(?:said|believed) no one ever|yeah,? right|yeah,? sure|as if\\b|oh sure|sure,? (?:jan|because)|next (?:you'?ll|they'?ll) (?:tell|say|be)",
    "put(?:ting)? words in my mouth|never said|didn'?t say|wouldn'?t dream|i would never|i wouldn'?t (?:dare|ever|advise|recommend)|decided against|glad (?:i|we) (?:didn'?t|ignored|got|had)|learned (?:that|my) lesson|learnt (?:that|my) lesson|know better|knew better",
    '(?:for|writing|wrote|reading|read|watching|watched|rewatching) (?:my|a|an|the|this|that|our|his|her) (?:\\w+ ){0,2}(?:essay|dissertation|assignment|coursework|presentation|homework on|story|novel|script|film|movie|book|play|episode|documentary|series|quiz|crossword|song|lyrics?|scene|character)|villain|crossword|trivia|pub quiz|rewatching|plot (?:hole|twist)|dialogue|screenplay|my character|in (?:the|a|our|my) (?:school )?(?:play|film|movie|novel|show|series|book|pantomime)|victorians?|in the olden days',
    'people (?:still )?(?:blame|assume|judge)|stereotypes?|stigma\\w*|prejudice\\w*|stigmati\\w+|victim blaming|ableis\\w+',
    '(?:teacher|doctor|nurse|gp|someone|mum|pharmacist) (?:rightly|quickly|kindly|gently|soon)',
  ].join('|')})(?!\\w)`,
)
const denial =
  /\b(?:not|never|cannot|nor|neither|no longer|(?:do|does|did|is|are|was|were|ca|could|wo|would|should|has|have|had|ai)n'?t|dont|doesnt|didnt|isnt|arent|wasnt|cant|couldnt|wont|wouldnt|shouldnt|hasnt|havent|aint|no|nobody|none|nothing|without|neither|zero|hardly|barely)\b/
const finite =
  "(?<=[\\w)'] )(?<!\\bi |\\bit |\\byou |\\bu |\\bhe |\\bshe |\\bif it |\\bwe |\\bthey )(?:(?:do|does|did|is|are|was|were|ca|could|wo|would|will|can|has|have) ?(?:n'?t|not)|cannot|never)(?: (?:really|actually|just|even|always|ever|necessarily|magically|need to|in fact|going to|gonna|able to|been shown to|been proven to|proven to|known to|shown to|ever|make you|make anyone|make people|make kids|give you|give anyone|give people))*"
const plainDenials: readonly (readonly [Denial, RegExp])[] = [
  [
    'harm',
    new RegExp(
      `${finite} (?:hurts?|harm(?:s|ful|ed)?|danger\\w*|risky?|problem|bad|worse|anything (?:wrong|bad)|a big deal|hurt)\\b`,
    ),
  ],
  [
    'effect',
    new RegExp(
      `(?:${finite} (?:caus\\w*|giv\\w*|mak\\w*|lead|cur\\w*|heal\\w*|treat\\w*|prevent\\w*|protect\\w*|stop\\w*|work\\w*|help\\w*|sober\\w*|warm\\w*|chang\\w*|alter\\w*|affect\\w*|touch|enter|contain\\w*|spread\\w*|mean|replac\\w*|feed\\w*|starv\\w*|ruin\\w*|damag\\w*|lower|cut|block|encourag\\w*|increas\\w*|reduc\\w*|plant|put|turn|burn|flush\\w*|detox\\w*|boost\\w*|overwhelm\\w*|overload\\w*|kill\\w*|do anything|do a thing|infertile|addictive|addicted|autistic|magnetic|transmi\\w*|passed|shown|proven|linked|shrink|fix|reverse|beat|clear|get rid|draw|settle|soothe|track|trigger\\w*|enable|sterili\\w*|wreck|rewrite|edit|interact|build|build up|solve|speed|count as|tell)\\b|\\b(?:do|does|did|has|have) (?:absolutely |literally )?(?:nothing|zilch|naff all|sod all|no (?:effect|benefit|impact|bearing|power))\\b(?! to do)|\\bno (?:effect|use|good|benefit)\\b)`,
    ),
  ],
  [
    'identity',
    new RegExp(
      `${finite} (?:an?|the|just|only|merely|simply|all|caused|from|due|because|about|how|true|any|poison\\w*|toxic|safe\\w*|better|reliable|the same|weak\\w*|laz\\w*|attention|violent|split|good|ok|okay|recommended|harmless|enough|evidence|proof|cures?|need|needed|agree)\\b`,
    ),
  ],
]
/** Denials that say nothing of the matter: those of whoever hides it, and of whoever tells. */
const idle =
  /\b(?:(?:they|doctors?|docs|gps?|pharma|big pharma|the media|governments?|nobody|no one|experts?|people|the doctor|oncologists?|dentists?|hospitals?|scientists?|whatever)(?: just)? (?:do not|don'?t|dont|does not|doesn'?t|doesnt|will not|won'?t|wont|never|refuse to|would not|wouldn'?t|can'?t|cant|cannot) (?:\w+ ){0,2}(?:want|tell|admit|say|talk|mention|listen|believe|let|like|know|see|care|profit|make money|patent)\w*(?: (?:you|us|me|people|u))?(?: to know)?|i(?:'m| am|m|'ll|ll)? ?(?:do not|don'?t|dont|not|never|will not|won'?t|wont) (?:\w+ ){0,2}(?:trust|taking|take|getting|get|having|have|giving|give|vaccinating|vaccinate|going|letting|let|risking|risk|using|use|want|care|wear|wearing|signing|sign|touching)\w*|not (?:having|getting|taking|signing|letting|going|giving|risking) (?:it|them|him|her|my|one|any|for|that|the|us|this)|no (?:doubt|wonder|way|thanks|one|matter|offence|joke|lie|word of a lie)|(?:can'?t|cant|cannot|dont|don'?t) (?:tell me|believe how|forget|ask me)|(?:can'?t|cant|cannot) (?:believe|deny|argue|say)|nobody (?:talks|tells|mentions|cares|listens)(?: about it)?|not (?:surprised|a coincidence|even kidding|kidding|lying|joking|gonna lie|going to lie)|no coincidence|never (?:again|trust|mind)|not (?:this|anymore|any more|any longer|only)|no longer|whether or not|if not|nothing (?:beats|better)|nothing (?:like|works (?:like|better))|not yet|why not|not being funny)\b/g
/** At the beginning of a clause: a warning or an advice, not a statement. */
const prohibition =
  /(?:^|[,;:.!?] *|\b(?:so|and|but|then|please|just|guys|girls|hun|mate|lads|ladies|must|should|always|you) )(?:please |just |also |pls )?(?:do not|don'?t|dont|never(?! (?:had|got|get|gets|been|hurt|did|does|the|in|caught|catch|need|again|goes|works?|fails?|failed)\b)|stop(?! (?:a|the|him|her|it)\b)|avoid|no need|quit(?! \w+ (?:is|was))|mustn'?t|must not|should not|shouldn'?t|shouldnt|not to)\b/

const insistence =
  /\b(?:i (?:do )?believe (?:her|him|it|them|every word)|(?:he|she|they|shes|hes|theyre)(?:'s|'re| is| are| was)? (?:so |totally |absolutely )?(?:right|spot on)|it'?s true|so true|fact|trust me|believe me|i swear|swears? (?:by|it)|look it up|google it|(?:do )?your (?:own )?research|wake up|open your eyes|works? every time|works? a treat|works? wonders|every(?:one|body) knows|every mum knows|obviously|prove[sd]?|proof|the only (?:thing|way|cure)|all you need|hid(?:e|es|ing|den)|(?:do|wo|does|would)n'?t (?:want (?:you|us|people) to know|tell (?:you|us|people))|never tell (?:you|us)|refuse to tell|big pharma|admit\w*|end of(?: story)?|simple as|that'?s why|thats why|that is why|that'?s how|thats how|no wonder|no coincidence|share this|seen (?:it|the video)|explain that|you watch|scam|racket|making money|for (?:the )?money|profits?|sheep|wake)\b/

/** Without the denials that say nothing of the matter. */
export function withoutIdle(text: string): string {
  return plain(text).replace(idle, ' ')
}

/** Reads the stance of a part of a message; rules alone. */
export function stanceOf(text: string): Stance {
  const said = plain(text)
  const rest = said.replace(idle, ' ')
  const forbids = prohibition.test(rest)
  const denies = denial.test(forbids ? rest.replace(new RegExp(prohibition, 'g'), ' ') : rest)
  const found = plainDenials.find(([, pattern]) => pattern.test(rest))
  const stance = {
    asks: asks(said),
    debunks: debunk.test(said),
    insists: insistence.test(said),
    denies,
    forbids,
  }
  return found ? { ...stance, denial: found[0] } : stance
}

/** Whether a text takes back what stands beside it: calls it false, or asks whether it holds. */
export function takesBack(text: string): boolean {
  const said = plain(text)
  return debunk.test(said) || wonders.test(said) || inNeed.test(said)
}

function asks(said: string): boolean {
  if (wonders.test(said) || inNeed.test(said)) return true
  const sentences = said.split(/(?<=[.!?])\s+/)
  const last = sentences.at(-1) ?? ''
  if (sentences.some((one) => /\?\s*$/.test(one) && opener.test(one) && !rhetorical.test(one))) return true
  return !rhetorical.test(last) && (opener.test(last) || /\?\s*$/.test(last))
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[‘’]/g, "'").replace(/\s+/g, ' ').trim()
}
