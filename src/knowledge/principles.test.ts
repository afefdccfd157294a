import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { principleOf } from './principles.ts'

const form = [
  'area',
  'duplicate-claim',
  'id',
  'locale',
  'markup',
  'not-matched',
  'not-spared',
  'picture',
  'questions',
  'related',
  'support-file',
  'synonyms',
  'unreadable',
]

it('every check of lint serves a principle or is a matter of form', () => {
  const code = readdirSync(import.meta.dirname)
    .filter((name) => /^(?:check|lint)-|^finding/.test(name) && !name.includes('.test.'))
    .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
    .join('\n')
  const checks = [...code.matchAll(/(?:find|once)\(\s*'([a-z-]+)'|check: '([a-z-]+)'/g)].map(
    ([, one, other]) => one ?? other ?? '',
  )
  expect(checks.length).toBeGreaterThan(25)
  const lost = [...new Set(checks)].filter((check) => !form.includes(check) && !principleOf(check))
  expect(lost).toEqual([])
})
