const endings =
  /(?:ations?|itions?|ions?|ments?|ness|ances?|ences?|ancy|ency|ant|ent|ities|ity|ically|ally|ily|ously|ous|ive|ives|ically|ical|ic|al|ers?|ors?|able|ible|ary|ing|ed|ly|es|s|y|e|ie|i|th|en|ed)$/

/** One word in another form: "infect", "infection", "infected". Never "care" and "careless". */
export function alike(x: string, y: string): boolean {
  if (x === y) return true
  if (x.length < 4 || y.length < 4 || x.includes('{') || x.includes('_') || y.includes('_')) return false
  const [a, b] = [rootOf(x), rootOf(y)]
  return (
    a.length >= 4 &&
    b.length >= 4 &&
    (a === b || rootOf(a) === b || a === rootOf(b) || rootOf(a) === rootOf(b))
  )
}

function rootOf(word: string): string {
  const root = word.replace(endings, '')
  return root.length >= 4 ? root.replace(/([bdgmnprt])\1$/, '$1') : word
}
