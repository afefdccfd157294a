import type { ChannelHost, SurfaceView } from '../../core/channel-host.ts'
import { attachment, type Card, type CardAction, type CardElement, card, rich, run } from './cards.ts'
import type { Form } from './invoke.ts'
import { render, type TeamsPayload } from './render.ts'

type Say = ChannelHost['say']

/** Opens a form in a dialog: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/invoking-task-modules */
function opens(form: Form, title: string): CardAction {
  return {
    type: 'Action.Submit',
    title,
    data: { msteams: { type: 'task/fetch' }, salus: 'form', form },
  }
}

/** What somebody sees who installed Salus for themselves. */
export function personalWelcome(page: SurfaceView, say: Say, locale: string | undefined) {
  const body = page.kind === 'reply' ? render(page.reply).flatMap(bodyOf) : []
  const title = page.kind === 'reply' ? page.title : say('channel.home.title', locale)
  const head: CardElement = rich([run(title, { weight: 'Bolder', size: 'Medium' })])
  return message(
    card([head, ...body], title, {
      actions: [
        opens('person', say('channel.form.person.title', locale)),
        opens('settings', say('channel.form.settings.title', locale)),
      ],
    }),
    title,
  )
}

/** What a room is told when Salus comes into it. */
export function roomNotice(say: Say, locale: string | undefined) {
  const emergency = say('general.place.local_emergency', locale)
  const text = say('channel.room.notice', locale, { emergency })
  return message(
    card([rich([run(text)])], text, { actions: [opens('ask', say('channel.ask.title', locale))] }),
    text,
  )
}

function bodyOf({ payload }: ReturnType<typeof render>[number]): readonly CardElement[] {
  return (payload as unknown as TeamsPayload).card.body
}

function message(content: Card, summary: string) {
  return { summary, attachments: [attachment(content)] }
}
