import { afterEach, describe, expect, it } from 'vitest'
import type { Workspace } from '../src/core/workspace.ts'
import { createWorld, type World } from './world.ts'

let world: World
afterEach(() => world.close())

async function open(workspace: Partial<Workspace> = {}) {
  world = await createWorld({ workspace: { country: 'GB', ...workspace } })
  await world.type('hello')
  world.said()
}

async function says(line: string): Promise<string> {
  await world.type(line)
  return world.said().join('\n')
}

describe('find others like me', () => {
  it('names the community’s own channels for the topic, a wider one too, and no other', async () => {
    await open({
      communityChannels: [
        { topic: 'cancer', name: '#living-with-cancer', url: 'https://chat.example/c' },
        { topic: 'lupus', name: '#lupus' },
        { topic: 'no-such-topic', name: '#lost' },
      ],
    })
    const said = await says('is there a support group for breast cancer')
    expect(said).toContain('#living-with-cancer https://chat.example/c')
    expect(said).toContain('Breast Cancer Now forum')
    expect(said).not.toMatch(/#lupus|#lost/)
    // What the community has channels for is offered when no topic was named.
    expect(await says('find others like me')).toMatch(/About what.*Cancer.*Lupus/s)
  })

  it('keeps to the country: the workspace’s, or the person’s own', async () => {
    await open()
    expect(await says('support group for dementia')).toContain('Dementia Support Forum')
    await world.type('country')
    await world.type('South Africa')
    world.said()
    const said = await says('support group for dementia')
    expect(said).toContain('DementiaSA')
    expect(said).not.toContain('Dementia Support Forum')
  })

  it('ends with the house rules, also where it knows no group', async () => {
    await open()
    for (const line of ['support group for lupus', 'support group for acne']) {
      const said = await says(line)
      expect(said).toMatch(/never give your full name/i)
      expect(said).toMatch(/not advice/)
      expect(said).toMatch(/money/)
      expect(said).toMatch(/moderator/)
      expect(said).toMatch(/not for emergencies.*999/s)
    }
    expect(await says('support group for acne')).toContain("I don't know a group for Acne")
  })

  it('offers at most four groups of the country and two of everywhere', async () => {
    await open()
    const said = await says('support group for cancer')
    expect(said.match(/https?:\/\//g)?.length).toBeLessThanOrEqual(6)
  })

  it('answers an alarm as an alarm, and in a crisis names lines and no group', async () => {
    await open()
    const alarm = await says('crushing chest pain and sweating, is there a heart support group')
    expect(alarm).toMatch(/Call your local emergency number now|Call 999 now/)
    expect(alarm).not.toMatch(/British Heart Foundation/)
    await world.close()
    await open()
    await says('i want to kill myself')
    const said = await says('is there a support group')
    expect(said).toMatch(/A group can wait/)
    expect(said).toContain('Samaritans')
    expect(said).not.toMatch(/About what/)
    // Right behind it, triage may read the two messages as one: an alarm again, and lines.
    const again = await says('find others like me')
    expect(again).toContain('Samaritans')
    expect(again).not.toMatch(/About what/)
  })

  it('after a sign of an eating disorder says its words first and offers recovery charities only', async () => {
    await open()
    const said = await says('i make myself sick after meals, is there a support group')
    expect(said).toMatch(/Eating and your body|About what/)
    const groups = await says('support group for bulimia')
    expect(groups).toContain('Beat')
    expect(groups).not.toMatch(/\b(bmi|calories|weight)\b/i)
  })

  it('lets a question through that comes instead of a topic', async () => {
    await open()
    await says('find others like me')
    expect(await says('what is asthma?')).toMatch(/airways/)
  })
})
