import type { types } from '@slack/bolt'
import type { ChannelHost } from '../../core/channel-host.ts'
import type { InboundBody } from '../../core/inbound.ts'
import { limits } from './limits.ts'
import type { SlackPlace } from './parse.ts'
import { clip } from './text.ts'

type Say = ChannelHost['say']

/** Forms that open over Slack. */
export const forms = ['ask', 'person', 'escalate', 'settings'] as const
export type Form = (typeof forms)[number]

/** Callback ids of the shortcuts, as the manifest registers them. */
export const callbacks = { ask: 'ask_privately', escalate: 'escalate', check: 'check_claim' } as const

const formId = (form: Form) => `form.${form}`
/** Which form a submitted view is. */
export const formOf = (callback: string | undefined) => forms.find((form) => formId(form) === callback)

/** What our own buttons outside replies do: on the home page, and under lists of topics. */
const presses: Readonly<Record<string, { readonly form: Form } | { readonly says: InboundBody }>> = {
  'open.ask': { form: 'ask' },
  'open.person': { form: 'person' },
  'open.settings': { form: 'settings' },
  'do.data': { says: { kind: 'command', name: 'my data', args: '' } },
  'do.delete': { says: { kind: 'command', name: 'delete my data', args: '' } },
  'do.stop': { says: { kind: 'command', name: 'stop', args: '' } },
}
export const pressOf = (action: string) => presses[action]

export interface FormOptions {
  readonly form: Form
  /** The words of the message that it was opened on, and where that stands. */
  readonly about: string
  readonly place?: Pick<SlackPlace, 'channel' | 'thread'>
  readonly locale?: string | undefined
  /** Languages that Salus speaks. */
  readonly languages: readonly string[]
}

/** A form as Slack's modal: https://docs.slack.dev/surfaces/modals */
export function formView({ form, about, place, locale, languages }: FormOptions, say: Say): types.ModalView {
  const label = (key: string) => say(`channel.${form === 'ask' ? 'ask' : `form.${form}`}.${key}`, locale)
  const short = (key: string) => ({ type: 'plain_text' as const, text: clip(label(key), limits.modalText) })
  return {
    type: 'modal',
    callback_id: formId(form),
    private_metadata: clip(metadataOf(about, place), limits.viewMetadata),
    title: short('title'),
    submit: short('send'),
    close: { type: 'plain_text', text: clip(say('channel.ask.cancel', locale), limits.modalText) },
    blocks: [
      ...inputs(form, label, languages),
      {
        type: 'context',
        elements: [{ type: 'plain_text', text: clip(label('note'), limits.sectionText) }],
      },
    ],
  }
}

/** Words alone, over Slack: what came of a form, for whom no direct conversation opens. */
export function noteView(text: string, say: Say, locale?: string): types.ModalView {
  const short = (key: string) => ({
    type: 'plain_text' as const,
    text: clip(say(key, locale), limits.modalText),
  })
  return {
    type: 'modal',
    title: short('channel.home.title'),
    close: short('channel.slack.close'),
    blocks: [{ type: 'section', text: { type: 'plain_text', text: clip(text, limits.sectionText) } }],
  }
}

/** What comes back with the filled form: the room on the first line, or nothing there; then the words. */
function metadataOf(about: string, place: FormOptions['place']): string {
  if (about === '') return ''
  const { channel = '', thread = '' } = place ?? {}
  return `${channel === '' || channel.startsWith('D') ? '' : `${channel}/${thread}`}\n${about}`
}

/** The message that a form was opened on. */
export function openedOn(metadata: string): {
  readonly about: string
  readonly room?: Pick<SlackPlace, 'channel' | 'thread'>
} {
  const [, channel, thread, about] = /^(?:([A-Z0-9]+)\/([\d.]*))?\n([\s\S]*)$/.exec(metadata) ?? []
  if (about === undefined) return { about: metadata }
  return { about, ...(channel ? { room: { channel, ...(thread ? { thread } : {}) } } : {}) }
}

function inputs(
  form: Form,
  label: (key: string) => string,
  languages: readonly string[],
): types.InputBlock[] {
  const input = (
    name: string,
    key: string,
    element: types.InputBlock['element'],
    optional: boolean,
  ): types.InputBlock => ({
    type: 'input',
    block_id: name,
    label: { type: 'plain_text', text: clip(label(key), limits.inputLabel) },
    optional,
    element,
  })
  const written = (name: string, multiline: boolean): types.PlainTextInput => ({
    type: 'plain_text_input',
    action_id: name,
    multiline,
    max_length: multiline ? limits.inputText : 60,
  })
  switch (form) {
    case 'ask':
      return [input('text', 'label', written('text', true), false)]
    case 'person':
    case 'escalate':
      return [input('text', 'label', written('text', true), true)]
    case 'settings':
      return [
        ...(languages.length > 1
          ? [
              input(
                'language',
                'language',
                {
                  type: 'static_select',
                  action_id: 'language',
                  options: languages.slice(0, limits.optionsPerSelect).map((one) => ({
                    text: { type: 'plain_text', text: clip(nameOf(one), limits.optionText) },
                    value: one,
                  })),
                },
                true,
              ),
            ]
          : []),
        input('country', 'country', written('country', false), true),
      ]
  }
}

/** What a filled form says to Salus. */
export function saidBy(
  form: Form,
  { text = '', language = '', country = '' }: Readonly<Record<string, string>>,
  about: string,
): readonly InboundBody[] {
  switch (form) {
    case 'ask':
      return text === '' ? [] : [{ kind: 'text', text }]
    case 'person':
    case 'escalate':
      return [{ kind: 'command', name: 'person', args: [about, text].filter((one) => one !== '').join('\n') }]
    case 'settings':
      return [
        ...(language === '' ? [] : [{ kind: 'command' as const, name: 'language', args: nameOf(language) }]),
        ...(country === '' ? [] : [{ kind: 'command' as const, name: 'country', args: country }]),
      ]
  }
}

function nameOf(language: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language
}
