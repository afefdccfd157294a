import fc from 'fast-check'
import type { StaffAction } from '../../src/core/records.ts'

/** What may happen, in any order, to two members and three staff. */
export type Step =
  | { readonly do: 'write'; readonly member: number; readonly text: string; readonly settles: boolean }
  | {
      readonly do: 'act'
      readonly member: number
      readonly staff: number
      readonly action: StaffAction['kind']
    }
  | { readonly do: 'wait'; readonly ms: number }
  /** What every send to members comes to from now on. */
  | { readonly do: 'sends'; readonly come: 'arrive' | 'fail' | 'find it closed' }
  /** Whether anybody has the staff page open. */
  | { readonly do: 'staff'; readonly there: boolean }
  /** The process dies with a turn or a send in its hands, and starts again. */
  | { readonly do: 'crash'; readonly holding: 'a turn' | 'a send' }
  | { readonly do: 'settle' }

export const alarms = [
  'i want to kill myself tonight',
  'my dad has crushing chest pain and cannot breathe',
] as const
const others = [
  'what is asthma',
  'ok thanks',
  'talk to a person',
  'yes',
  'i feel so alone',
  'stop',
  'start',
  'find others like me',
] as const

const second = 1_000
const minute = 60 * second

// Mostly the same two, so that their stories meet.
const claim: Step = { do: 'act', member: 0, staff: 0, action: 'claim' }
const write = (text: string): Step => ({ do: 'write', member: 0, text, settles: true })

const member = fc.constantFrom(0, 0, 0, 1)
const staff = fc.constantFrom(0, 0, 0, 1, 2)

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      member,
      text: fc.oneof(
        { weight: 1, arbitrary: fc.constantFrom(...alarms) },
        { weight: 2, arbitrary: fc.constantFrom(...others) },
      ),
      settles: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('act' as const),
      member,
      staff,
      action: fc.constantFrom('claim', 'claim', 'reply', 'reply', 'note', 'snooze', 'resolve', 'hand_back'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(second, 61 * second, 6 * minute, 20 * minute, 5 * 60 * minute, 25 * 60 * minute),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('sends' as const),
      come: fc.constantFrom('arrive', 'fail', 'find it closed'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('staff' as const), there: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('crash' as const), holding: fc.constantFrom('a turn', 'a send') }),
  },
  { weight: 3, arbitrary: fc.constant({ do: 'settle' as const }) },
)

/** Most stories begin where it matters: somebody asked for a person, or is in danger, and perhaps has one. */
const beginning: fc.Arbitrary<readonly Step[]> = fc.constantFrom<readonly Step[]>(
  [],
  [write('talk to a person'), write('yes')],
  [write(alarms[0])],
  [write('talk to a person'), write('yes'), claim, { do: 'settle' }],
  [write(alarms[0]), claim, { do: 'settle' }],
)

export const story: fc.Arbitrary<readonly Step[]> = fc
  .tuple(beginning, fc.array(step, { minLength: 2, maxLength: 20 }))
  .map(([first, then]) => [...first, ...then])
