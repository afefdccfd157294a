import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMachine, goodSetup, type Machine } from './run.ts'

/** Each command reads all content, ms. */
const longest = 60_000
let machine: Machine
beforeEach(async () => {
  machine = await createMachine()
  const file = join(machine.folder, 'setup.yaml')
  await writeFile(file, goodSetup)
  expect(await machine.run(['setup', '--from', file])).toMatchObject({ code: 0 })
})
afterEach(() => machine.remove())

describe('salus content recall', () => {
  it(
    'says that nobody was told, as JSON too',
    async () => {
      expect(await machine.run(['content', 'recall', 'gout'])).toMatchObject({
        code: 0,
        out: '0 told of words that changed since.',
      })
      const { out } = await machine.run(['content', 'recall', 'never-was', '--json'])
      expect(JSON.parse(out)).toMatchObject({ article: 'never-was', withdrawn: true, people: [], sent: 0 })
    },
    longest,
  )

  it.each([
    [['content', 'recall', 'gout', '--send'], /--yes where nobody can be asked/],
    [['content', 'recall', '%'], /no id of an article/],
  ])('%j is refused in one line', async (args, says) => {
    const { code, err } = await machine.run(args)
    expect(code).toBe(2)
    expect(err).toMatch(says)
  })
})

describe('salus content gaps', () => {
  it(
    'says that there are none',
    async () => {
      expect((await machine.run(['content', 'gaps'])).out).toContain('0 routine questions without an answer')
      expect(JSON.parse((await machine.run(['content', 'gaps', '--json'])).out)).toEqual({
        questions: 0,
        gaps: [],
      })
    },
    longest,
  )
})
