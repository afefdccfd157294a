import type { ChannelHost } from '../../core/channel-host.ts'
import { type FormName, formField, formMark } from './interact.ts'
import { limits } from './limits.ts'
import { clip } from './text.ts'

/** A form that opens over the conversation, with one field. */
export function formOf(form: FormName, say: ChannelHost['say'], locale?: string): unknown {
  const words = (part: string) =>
    say(form === 'ask' ? `channel.ask.${part}` : `channel.form.${form}.${part}`, locale)
  const input = {
    type: 4,
    custom_id: formField,
    style: 2,
    required: form === 'ask',
    max_length: limits.inputValue,
  }
  const label = {
    type: 18,
    label: clip(words('label'), limits.inputLabel),
    description: clip(words('note'), 100),
    component: input,
  }
  const data = {
    custom_id: `${formMark}${form}`,
    title: clip(words('title'), limits.modalTitle),
    components: [label],
  }
  return { type: 9, data }
}
