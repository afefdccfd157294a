import {
  buttonsOf,
  deliver,
  eventBody,
  homeTenant,
  room,
  type Shown,
  type SlackDouble,
  type Tenant,
} from './slack-double.ts'

type Event = Readonly<Record<string, unknown>> & { readonly ts: string }

/** Somebody in the workspace. Without an address Slack delivers over the socket. */
export class SlackPerson {
  readonly direct: string
  private readonly double: SlackDouble
  private readonly url: (() => string) | undefined
  readonly id: string
  private readonly tenant: Tenant

  constructor(double: SlackDouble, url: (() => string) | undefined, id: string, tenant: Tenant = homeTenant) {
    this.double = double
    this.tenant = tenant
    this.url = url
    this.id = id
    this.direct = `D${id}`
  }

  message(channel: string, text: string, more: Readonly<Record<string, unknown>> = {}): Event {
    const channel_type = channel.startsWith('D') ? 'im' : 'channel'
    return { type: 'message', user: this.id, channel, channel_type, text, ts: this.double.ts(), ...more }
  }

  /** Delivers an event. Over HTTP resolves to the status. */
  async deliver(event: Readonly<Record<string, unknown>>): Promise<number> {
    const body = eventBody(event, this.tenant)
    if (this.url) return (await deliver(this.url(), JSON.stringify(body))).status
    await this.double.dispatch('events_api', body)
    return 200
  }

  async say(text: string): Promise<Event> {
    const event = this.message(this.direct, text)
    await this.deliver(event)
    return event
  }

  /** Mentions Salus in a channel; Slack sends that twice. */
  async mention(
    text: string,
    { channel = room, thread }: { readonly channel?: string; readonly thread?: string } = {},
  ): Promise<Event> {
    const words = `<@${this.tenant.bot}> ${text}`
    const event = this.message(channel, words, thread ? { thread_ts: thread } : {})
    await this.deliver({ ...event, type: 'app_mention', channel_type: undefined })
    await this.deliver(event)
    return event
  }

  async command(text: string, channel: string = room): Promise<string> {
    const trigger_id = this.double.ts()
    const given = {
      command: '/health',
      text,
      user_id: this.id,
      team_id: this.tenant.team,
      channel_id: channel,
      response_url: this.double.answerUrl(channel, this.id),
      trigger_id,
      ...(this.tenant.enterprise ? { enterprise_id: this.tenant.enterprise } : {}),
      is_enterprise_install: String(this.tenant.whole === true),
    }
    if (!this.url) return JSON.stringify(await this.double.dispatch('slash_commands', given))
    const form = new URLSearchParams(given).toString()
    return (await deliver(this.url(), form, { type: 'application/x-www-form-urlencoded' })).text
  }

  async press(on: Shown, label: RegExp): Promise<string> {
    const button = buttonsOf(on).find((one) => label.test(one.label))
    if (!button) throw new Error('no such button')
    const { block_id, action_id, value } = button
    return this.interact({
      type: 'block_actions',
      channel: { id: on.channel },
      message: { ts: on.ts, ...(on.thread ? { thread_ts: on.thread } : {}) },
      actions: [{ block_id, action_id, value, type: 'button' }],
    })
  }

  async interact(given: Readonly<Record<string, unknown>>): Promise<string> {
    const { team, enterprise, whole: org = false } = this.tenant
    const whole = {
      user: { id: this.id, team_id: team },
      team: org ? null : { id: team },
      enterprise: enterprise ? { id: enterprise } : null,
      is_enterprise_install: org,
      trigger_id: this.double.ts(),
      ...given,
    }
    if (!this.url) return JSON.stringify(await this.double.dispatch('interactive', whole))
    const form = new URLSearchParams({ payload: JSON.stringify(whole) }).toString()
    return (await deliver(this.url(), form, { type: 'application/x-www-form-urlencoded' })).text
  }
}
