import { setTimeout as sleep } from 'node:timers/promises'
import {
  type DiscordDouble,
  directChannel,
  everybodysChannel,
  guild,
  type Interaction,
  type Shown,
  self,
} from './discord-double.ts'
import { pressables } from './discord-words.ts'

/** Somebody who uses Discord. */
export class DiscordPerson {
  readonly #double: DiscordDouble
  readonly id: string
  manages = false
  moderates = false

  constructor(double: DiscordDouble, id: string) {
    this.#double = double
    this.id = id
  }

  get direct(): string {
    return directChannel(this.id)
  }

  message(channel: string, content: string, more: Record<string, unknown> = {}) {
    const mentions = content.includes(`<@${self}>`) ? [{ id: self, username: 'salus', bot: true }] : []
    const isDirect = channel === this.direct
    if (isDirect) this.#double.channels.set(channel, 1)
    return {
      id: this.#double.nextId(),
      type: 0,
      channel_id: channel,
      channel_type: this.#double.channels.get(channel) ?? 0,
      ...(isDirect ? {} : { guild_id: guild }),
      author: { id: this.id, username: `person${this.id}` },
      content,
      timestamp: new Date().toISOString(),
      edited_timestamp: null,
      mentions,
      attachments: [],
      embeds: [],
      ...more,
    }
  }

  /** Writes to Salus alone. */
  say(content: string) {
    const message = this.message(this.direct, content)
    this.#double.dispatch('MESSAGE_CREATE', message)
    return message
  }

  /** Writes in a channel of the server, to Salus by a mention. */
  mention(content: string, channel = everybodysChannel) {
    const message = this.message(channel, `<@${self}> ${content}`)
    this.#double.dispatch('MESSAGE_CREATE', message)
    return message
  }

  interact(type: number, data: unknown, more: Record<string, unknown> = {}): Interaction {
    const id = this.#double.nextId()
    const one: Interaction = { id, token: `token-${id}`, at: this.#double.now() }
    this.#double.interactions.set(one.token, one)
    const user = { id: this.id, username: `person${this.id}` }
    const { direct, ...rest } = more
    this.#double.dispatch('INTERACTION_CREATE', {
      id,
      token: one.token,
      application_id: '900000000000000002',
      version: 1,
      type,
      data,
      locale: 'en-GB',
      ...(direct
        ? { channel_id: this.direct, channel: { id: this.direct, type: 1 }, user, context: 1 }
        : {
            channel_id: everybodysChannel,
            channel: { id: everybodysChannel, type: 0 },
            guild_id: guild,
            context: 0,
            member: { user, permissions: String((this.manages ? 32 : 0) + (this.moderates ? 8_192 : 0)) },
          }),
      ...rest,
    })
    return one
  }

  command(
    sub: string,
    options: Record<string, string> = {},
    more: Record<string, unknown> = {},
  ): Interaction {
    const given = Object.entries(options).map(([name, value]) => ({ type: 3, name, value }))
    const name = typeof more.command === 'string' ? more.command : 'health'
    const { command: _name, ...rest } = more
    return this.interact(
      2,
      { id: '1', type: 1, name, options: [{ type: 1, name: sub, options: given }] },
      rest,
    )
  }

  /** Presses what stands under a message. */
  press(shown: Shown, label: RegExp, more: Record<string, unknown> = {}): Interaction {
    const found = pressables(shown.body).find((one) => label.test(one.label))
    if (!found) throw new Error(`nothing to press: ${label}`)
    const alone = shown.channel.startsWith('@')
    const data = {
      component_type: found.value ? 3 : 2,
      custom_id: found.id,
      ...(found.value ? { values: [found.value] } : {}),
    }
    const place =
      shown.channel === this.direct ? { direct: true } : alone ? {} : { channel_id: shown.channel }
    const message = {
      id: shown.id,
      flags: Number(shown.body.flags ?? 0) | (alone ? 64 : 0),
      components: shown.body.components,
    }
    return this.interact(3, data, { message, ...place, ...more })
  }

  /** What stands where the interaction was answered, once it is there. */
  async answerTo(one: Interaction): Promise<Shown> {
    for (;;) {
      if (one.original) return one.original
      await sleep(10)
    }
  }
}
