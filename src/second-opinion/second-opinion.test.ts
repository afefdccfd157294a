import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { nothingSaid, type TriageAssessment } from '../core/assessment.ts'
import { readModel } from './model.ts'
import { openSecondOpinion } from './open.ts'
import { createSecondOpinion, type SecondOpinion } from './second-opinion.ts'

const path = 'content/second-opinion/model.json'
const routine: TriageAssessment = { ...nothingSaid, ruleset: 'test' }

describe('the second opinion as it is shipped', () => {
  let opinion: SecondOpinion
  beforeAll(async () => {
    opinion = await openSecondOpinion(path)
  }, 30_000)

  it('raises plain alarms, and says what they are about', async () => {
    const raised = await opinion(['i want to kill myself tonight, i have the pills here'], routine)
    expect(raised?.level).toMatch(/^(crisis|emergency)$/)
    expect(raised?.concerns).toContain('self_harm')
    expect(raised?.signals[0]?.rule).toMatch(/^second-opinion:/)
  })

  it('leaves ordinary talk alone', async () => {
    for (const said of [
      'what time is the meeting tomorrow',
      'how do I merge two branches in git',
      'nice weather',
    ]) {
      expect(await opinion([said], routine)).toBeUndefined()
    }
  })

  it('looks at nothing that the rules raised or could not read', async () => {
    const said = ['i want to kill myself tonight']
    expect(await opinion(said, { ...routine, level: 'crisis' })).toBeUndefined()
    expect(await opinion(said, { ...routine, level: 'unknown' })).toBeUndefined()
  })
})

describe('the model file', () => {
  it('holds numbers and single words, no sentence of any case', async () => {
    const file = JSON.parse(await readFile(path, 'utf8')) as { words: string[] }
    expect(file.words.every((word) => /^[a-z']+$/.test(word))).toBe(true)
    expect(Object.keys(file).sort()).toEqual([
      'bias',
      'dimensions',
      'gamma',
      'kind',
      'kinds',
      'made',
      'scale',
      'spelling',
      'threshold',
      'vectors',
      'weights',
      'words',
    ])
  })

  it('asks the encoder nothing for a text without a word that alarms have', async () => {
    const judge = () => Promise.reject(new Error('asked'))
    const opinion = createSecondOpinion(await readModel(path), judge)
    expect(await opinion(['lgtm merging'], routine)).toBeUndefined()
  })
})
