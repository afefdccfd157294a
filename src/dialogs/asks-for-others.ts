import { plainWords } from './kit.ts'

/** "people", "other mums", "anyone else". */
const others =
  "(others|other [a-z']+( [a-z']+)?|people|folks|anyone|anybody|someone|somebody|patients|parents|carers|caregivers|families|mums|moms|dads)( else)?( here| out there)?"
const seeking =
  '(find|finding|meet|meeting|talk|talking|speak|speaking|chat|chatting|connect|connecting|hear|know|are there|is there|any|where are)( to| with| from| of)?( some| any| more| the)?'
const alike =
  "(like (me|us)|in (the|a) same (boat|situation|position|place)|in my (shoes|situation|position)|(who('s| is| are| has| have)? |that )?(also )?(going|been|gone|goes|go|went) through (this|it|that|the same|something similar)( thing)?|who (get|gets|understand|understands) (it|this|what it'?s like))"

const asking: readonly RegExp[] = [
  /^(find others?|people like me|others like me|anyone like me|in the same boat|am i the only one.*|who else has (this|it))$/,
  new RegExp(`\\b${seeking} ${others} ${alike}\\b`),
  new RegExp(`\\b(is|are|has) ${others}( also)? ${alike}\\b`),
  /\b(people|others|anyone|anybody) in (the|a) same boat\b/,
  // "Other people with lupus"; "people with lupus" only where they are looked for, not where it is asked how to treat them.
  /\b(find|meet|talk|speak|chat|connect)(ing)?( to| with)? (some |any )?(others|other [a-z']+( [a-z']+)?) (with|who|living with|of|that)\b/,
  /\b(find|meet|connect with|chat with) (some |any )?(people|patients|parents|carers|families) (with|who|living with|of|that)\b/,
  /\b(anyone|anybody) else( here| out there)?( also)? (have|has|had|got|going through|living with|dealing with|been through|with)\b(?! (access|to|read|seen))/,
  /(?<!\b(my|our|this|that|the|his|her|their|your) )(?<!\b(my|our|his|her|their) [a-z']+ )\b(support|self[- ]help|peer support|peer) groups?\b(?! (said|says|say|told|tells))/,
  /\bpeer support\b/,
  /\b(find|join|is there|are there|know) (a |an |any |some )?([a-z']+ ){0,3}(forum|forums|patient group|patient organi[sz]ation|online (group|community))\b/,
]

/** Whether somebody looks for people in the same situation: in natural words, not where groups are only told of. */
export function asksForOthers(text: string): boolean {
  const said = plainWords(text)
  return said !== '' && said.length <= 300 && asking.some((pattern) => pattern.test(said))
}

/** The text without the words that only look for others, so that "others like me" names no illness. */
export function withoutSeeking(text: string): string {
  return plainWords(text).replace(
    /\b(find|meet|talk|speak|chat|connect|others?|people|anyone|anybody|someone|else|like me|like us|support groups?|self[- ]help|peer|groups?|in the same boat|going through|been through)\b/g,
    ' ',
  )
}
