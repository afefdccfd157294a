/** How a text stands to what it speaks of. */
export interface Stance {
  /** It merely asks: an answer is due, no correction. */
  readonly asks: boolean
  /** It says itself that something is false. */
  readonly debunks: boolean
  /** It denies: "do not", "never", "no". */
  readonly denies: boolean
}

/** Asks in earnest, at the beginning or after a greeting. */
const opener =
  /^(?:(?:hi|hello|hey|ok|okay|so|um|and|but|well|quick question|question|sorry|please|guys|everyone|can anyone tell me|does anyone know|anyone know|someone tell me|i (?:was )?wonder(?:ing|ed)?|i want to know|i'?d like to know|not sure|just checking|curious)[ ,:.!-]+(?:if |whether )?)*(?:is|are|was|were|do|does|did|can(?!')|could|will|would|should|has|have|which|who|what|whats|what's|when|where|how|whether|is it true|true or false|fact or fiction)\b/
/** Asks without meaning to ask: the claim lies in the question. */
const rhetorical =
  /^(?:so |and |but |then |ok |okay )*(?:why|how come|did(?:n'?t)? you know|do(?:n'?t)? you (?:know|realise|realize|see)|have(?:n'?t)? you (?:heard|noticed|seen)|what if i told you|who else|how (?:can|could) (?:you|they|anyone|anybody)|how (?:many|much) more|are(?:n'?t)? you (?:aware|worried)|is(?:n'?t)? it (?:funny|odd|strange|obvious)|what (?:are|do) they (?:hiding|not want))\b/
/** Tells what was heard, and asks whether it holds. */
const wonders =
  /\b(?:is (?:it|this|that) (?:true|right|real|correct|a myth)|(?:is|was) (?:he|she|it|this) right|are they right|true or (?:false|not)|any truth|any evidence|really true|should i (?:believe|worry|be worried)|not sure (?:if|whether)|wonder(?:ing)? (?:if|whether)|what do you think|fact ?check|can (?:someone|anyone) (?:confirm|explain|clarify)|does anyone know)\b/
const debunk =
  /\b(?:myths?|debunk\w*|misinformation|disinformation|hoax|conspiracy theor\w+|conspiracies|old wives|(?:is|are|was|were|its|it'?s|that'?s|thats|simply|just|completely|totally|utterly) (?:not true|untrue|false|nonsense|rubbish|bull\w*|bs|garbage|fake|wrong|baseless|ridiculous)|isn'?t true|not true|false (?:claim|rumou?r|idea|belief|statement)s?|fake news|fake (?:claim|cure|rumou?r)s?|no (?:scientific |good |real |credible )?(?:evidence|link|proof|connection|association|basis|truth)|not (?:\w+ )?(?:linked|proven|associated|connected)|(?:disproved|disproven|discredited|retracted|refuted|unproven|unfounded)|never been (?:shown|proven|linked)|contrary to|despite (?:claims|what)|stop (?:saying|spreading|telling|believing)|i (?:used to|once) (?:think|believe)|don'?t believe (?:the|that|anyone|people|everything|him|her|them))\b/
const denial =
  /\b(?:not|never|cannot|nor|neither|no longer|(?:do|does|did|is|are|was|were|ca|could|wo|would|should|has|have|had|ai)n'?t|dont|doesnt|didnt|isnt|arent|wasnt|cant|wont|wouldnt|hasnt|havent|aint|no|nothing|without)\b/
/** Denials that say nothing of the matter: those of whoever hides it, and of whoever tells. */
const idle =
  /\b(?:(?:they|doctors?|pharma|big pharma|the media|governments?|nobody|no one|experts?|people|the doctor|hospitals?|scientists?)(?: just)? (?:do not|don'?t|dont|does not|doesn'?t|doesnt|will not|won'?t|wont|never|refuse to|would not|wouldn'?t) (?:\w+ ){0,2}(?:want|tell|admit|say|talk|mention|listen|believe|let|like|know|see|care)\w*|i(?:'m| am)? ?(?:do not|don'?t|dont|not|never|will not|won'?t|wont) (?:\w+ ){0,2}(?:trust|taking|take|getting|get|having|have|giving|give|vaccinating|vaccinate|going|letting|let|risking|risk|using|use|need|want|believe|care|wear|wearing)\w*|no (?:doubt|wonder|way|thanks|one|matter)|can'?t believe|cant believe|nobody (?:talks|tells|mentions)|not (?:surprised|a coincidence|even kidding)|no coincidence|never (?:again|trust))\b/g

/** Reads the stance of one or two sentences; rules alone, on lower-case text. */
export function stanceOf(text: string): Stance {
  const said = text.toLowerCase().replace(/[‘’]/g, "'").replace(/\s+/g, ' ').trim()
  const denies = denial.test(said.replace(idle, ' '))
  const sentences = said.split(/(?<=[.!?])\s+/)
  const last = sentences.at(-1) ?? ''
  const asks = wonders.test(said) || (!rhetorical.test(last) && (opener.test(last) || /\?\s*$/.test(last)))
  return { asks, debunks: debunk.test(said), denies }
}
