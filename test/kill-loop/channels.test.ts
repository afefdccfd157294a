import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { discordDriver } from '../adapters/discord-driver.ts'
import { slackDriver } from '../adapters/slack-driver.ts'
import { teamsDriver } from '../adapters/teams-driver.ts'
import type { ChannelPerson, Platform, Sent } from '../contracts/channel-driver.ts'
import { question, sourced } from '../contracts/channel-suite.ts'
import { createHostedProgram, type HostedProgram } from '../hosted-program.ts'
import { seededRandom } from '../world.ts'

/** Many more with `SALUS_KILLS=50`; a shorter run each time. */
const kills = Number(process.env.SALUS_CHANNEL_KILLS ?? process.env.SALUS_KILLS ?? 4)
const people = 8
/** Longest wait for the last answers, ms: what was being sent is looked for again after a while. */
const patienceMs = 60_000

/** Each asks again once they have been answered. */
interface Asker {
  readonly person: ChannelPerson
  asked: number
  /** Not acknowledged: the platform delivers it again. */
  waiting?: Sent
}

describe.each([slackDriver('http'), slackDriver('socket'), discordDriver, teamsDriver])(
  `$name, the whole program, kill -9 ${kills} times`,
  (driver) => {
    let program: HostedProgram
    let platform: Platform
    beforeAll(async () => {
      program = await createHostedProgram()
      platform = await driver.open(program)
    })
    afterAll(async () => {
      await program.close()
      await platform.stop()
    })

    it('everybody who asked is answered, once for each question but for what was being sent', async () => {
      const random = seededRandom(11)
      const askers: Asker[] = Array.from({ length: people }, () => ({ person: platform.person(), asked: 0 }))
      const begin = async () => {
        await program.start(platform.environment)
        await platform.ready()
      }
      const answersTo = async ({ person }: Asker) =>
        (await platform.heard()).filter(({ place, words }) => place === person.direct && sourced.test(words))
          .length
      const ask = async (one: Asker) => {
        const sent = one.waiting
        if (sent) {
          if ((await one.person.again(sent)) === 'taken') delete one.waiting
        } else if ((await answersTo(one)) >= one.asked) {
          one.asked++
          const said = await one.person.say(question)
          if (said.ack !== 'taken') one.waiting = said
        }
      }
      const round = () => Promise.all(askers.map(ask))

      await begin()
      await round()
      for (let kill = 0; kill < kills; kill++) {
        await settled(askers, answersTo, kill === 0 ? people : 1)
        const asking = round()
        await sleep(random.fraction() * 120)
        await program.kill()
        await asking
        // What is said while nobody listens is not lost either.
        if (kill % 2 === 0) await round()
        await begin()
        await round()
      }
      await settled(askers, answersTo, people)
      const asked = askers.reduce((sum, one) => sum + one.asked, 0)
      const answered = (await Promise.all(askers.map(answersTo))).reduce((sum, n) => sum + n, 0)
      console.log(`${driver.name}: ${kills} kills, ${asked} questions, ${answered - asked} doubled answers`)
      // At most one answer a person is on its way when the process dies.
      const mayDouble = driver.capabilities.idempotentSend === 'none' ? kills * people : 0
      expect(answered - asked).toBeLessThanOrEqual(mayDouble)
      expect(asked).toBeGreaterThan(people)
    }, 600_000)
  },
)

/** Resolves once at least so many people have all their answers; fails by naming how many were left without. */
async function settled(
  askers: readonly Asker[],
  answersTo: (one: Asker) => Promise<number>,
  atLeast: number,
): Promise<void> {
  const until = Date.now() + patienceMs
  for (;;) {
    const done = await Promise.all(
      askers.map(async (one) => !one.waiting && (await answersTo(one)) >= one.asked),
    )
    const number = done.filter((one) => one).length
    if (number >= atLeast) return
    if (Date.now() > until) expect(number, 'people with all their answers').toBeGreaterThanOrEqual(atLeast)
    await sleep(50)
  }
}
