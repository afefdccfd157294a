import type { ChannelHost } from '../../core/channel-host.ts'
import type { InboundBody } from '../../core/inbound.ts'
import { attachment, type CardElement, card, rich, run } from './cards.ts'
import type { Form } from './invoke.ts'
import { clip } from './text.ts'

type Say = ChannelHost['say']

/** What a person may write into a form, characters. */
const writtenLimit = 4_000
/** Languages that Salus has phrases for. */
const languages = ['en', 'es']

/** A dialog of Teams: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots */
export function formTask(form: Form, say: Say, locale: string | undefined, about: string) {
  const label = (key: string) => say(`channel.${form === 'ask' ? 'ask' : `form.${form}`}.${key}`, locale)
  const title = label('title')
  const content = card([rich([run(label('note'))]), ...fields(form, label, about)], title, {
    actions: [
      {
        type: 'Action.Submit',
        title: label('send'),
        data: { salus: 'filled', form, about: clip(about, writtenLimit) },
      },
    ],
  })
  return {
    task: {
      type: 'continue',
      value: { title, height: 'medium', width: 'medium', card: attachment(content) },
    },
  }
}

function fields(form: Form, label: (key: string) => string, about: string): readonly CardElement[] {
  const written = (required: boolean): CardElement => ({
    type: 'Input.Text',
    id: 'text',
    label: label('label'),
    isMultiline: true,
    isRequired: required,
    ...(required ? { errorMessage: label('label') } : {}),
    maxLength: writtenLimit,
  })
  switch (form) {
    case 'ask':
      return [written(true)]
    case 'person':
      return [written(false)]
    case 'escalate':
      return [...(about === '' ? [] : [rich([run(clip(about, 400), { italic: true })])]), written(false)]
    case 'settings':
      return [
        {
          type: 'Input.ChoiceSet',
          id: 'language',
          label: label('language'),
          style: 'compact',
          isRequired: true,
          errorMessage: label('language'),
          choices: languages.map((one) => ({ title: nameOf(one), value: nameOf(one) })),
        },
        {
          type: 'Input.Text',
          id: 'country',
          label: label('country'),
          isMultiline: false,
          isRequired: false,
          maxLength: 60,
        },
      ]
  }
}

/** What a filled form says to Salus, each with a name that makes it one of its own. */
export function saidBy(
  form: Form,
  given: Readonly<Record<string, string>>,
): readonly { readonly name: string; readonly body: InboundBody }[] {
  const { text = '', about = '', language = '', country = '' } = given
  switch (form) {
    case 'ask':
      return text === '' ? [] : [{ name: 'ask', body: { kind: 'text', text } }]
    case 'person':
    case 'escalate': {
      const args = [about, text].filter((one) => one !== '').join('\n')
      return [{ name: form, body: { kind: 'command', name: 'person', args } }]
    }
    case 'settings':
      return [
        ...(language === ''
          ? []
          : [{ name: 'language', body: { kind: 'command' as const, name: 'language', args: language } }]),
        ...(country === ''
          ? []
          : [{ name: 'country', body: { kind: 'command' as const, name: 'country', args: country } }]),
      ]
  }
}

/** What a dialog says last. */
export function lastWord(text: string) {
  return { task: { type: 'message', value: text } }
}

function nameOf(language: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language
}
