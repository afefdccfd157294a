import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noContext } from './assess.ts'
import { loadTriage, readRuleSet, storeTriage } from './load.ts'
import { readStoredRules } from './stored-rules.ts'

const rules = (word: string) => `sources:
  one: Publisher | Title | https://example.org/
rules:
  - id: test.rule
    level: emergency
    concerns: [heart]
    when: |
      ${word} ~3 (pain|hurts)
    source: one
    fires: |
      ${word} pain
`
let folder: string
let stored: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'triage-'))
  stored = join(folder, 'compiled')
  writeFileSync(join(folder, 'rules.yaml'), rules('chest'))
  writeFileSync(join(folder, 'words.txt'), 'chest\nelbow\npain\n')
  storeTriage(folder, stored)
})
afterEach(() => rmSync(folder, { recursive: true }))
const levelOf = (text: string) => loadTriage(folder, stored).assess(text, noContext).level

describe('compiled rules that were stored', () => {
  it('judge as rules compiled from their files, to the last signal', () => {
    const fresh = loadTriage(folder, join(folder, 'none'))
    const again = loadTriage(folder, stored)
    expect(readStoredRules(stored, fresh.hash)?.hash).toBe(fresh.hash)
    for (const text of ['my chest has a pain', 'chset pain', 'elbow pain', ''])
      expect(again.assess(text, noContext)).toEqual(fresh.assess(text, noContext))
    expect(again.hash).toBe(readRuleSet(folder).hash)
    expect(again.ruleset).toEqual(fresh.ruleset)
  })

  it('are the ones used', () => {
    const { hash } = readRuleSet(folder)
    writeFileSync(join(folder, 'other.yaml'), 'words:\n  unused: |\n    nothing\n')
    expect(readStoredRules(stored, hash)).toBeDefined()
    expect(readStoredRules(stored, readRuleSet(folder).hash)).toBeUndefined()
  })

  it('are never used for files that changed since', () => {
    expect(levelOf('elbow pain')).toBe('routine')
    writeFileSync(join(folder, 'rules.yaml'), rules('elbow'))
    expect(levelOf('elbow pain')).toBe('emergency')
    expect(levelOf('chest pain')).toBe('routine')
  })

  it('are made anew when they are broken, foreign or not there', () => {
    const whole = readFileSync(stored)
    for (const broken of [whole.subarray(0, whole.length / 2), Buffer.from('{}'), Buffer.alloc(0)]) {
      writeFileSync(stored, broken)
      expect(levelOf('chest pain')).toBe('emergency')
    }
    rmSync(stored)
    expect(levelOf('chest pain')).toBe('emergency')
  })
})
