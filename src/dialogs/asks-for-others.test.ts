import { describe, expect, it } from 'vitest'
import { asksForOthers, withoutSeeking } from './asks-for-others.ts'

describe('looking for people in the same situation', () => {
  it.each([
    'find others like me',
    'Find others',
    'support group',
    'is there a support group for people with lupus?',
    'talk to other people with lupus',
    'is anyone else here going through this?',
    'people in the same boat',
    'can I meet other parents of autistic children',
    'does anyone else here have endometriosis',
    'where can i find people like me',
    'I want to talk to someone who has been through this',
    'are there any forums for breast cancer? can i join a forum',
    'self-help groups for gambling',
    'how do I find peer support',
    'am I the only one with this',
    'chat with others with type 1',
  ])('hears it in “%s”', (text) => {
    expect(asksForOthers(text)).toBe(true)
  })

  it.each([
    'is the vaccine safe for people like me',
    'is there a vaccine for people like me',
    'my support group said that vaccines cause autism',
    'our asthma support group told me to stop the inhaler',
    'how do i talk to people with dementia',
    'can people with diabetes eat fruit',
    'who else can read this',
    'does anyone else have access to my data',
    'i read on a forum that garlic cures colds',
    'talk to a person',
    'blood group o negative',
    '',
  ])('does not hear it in “%s”', (text) => {
    expect(asksForOthers(text)).toBe(false)
  })

  it('leaves only what could be a topic', () => {
    expect(withoutSeeking('Talk to other people with lupus').trim()).toMatch(/lupus$/)
    expect(withoutSeeking('find others like me').trim()).toBe('')
  })
})
