import type { types } from '@slack/bolt'
import type { ChannelHost, SurfaceView } from '../../core/channel-host.ts'
import { callbacks, questionInput } from './interact.ts'
import { limits } from './limits.ts'
import { render, type SlackPayload } from './render.ts'
import { clip } from './text.ts'

/** The app's home tab. */
export function homeView({ title, reply }: Extract<SurfaceView, { kind: 'reply' }>): types.HomeView {
  const blocks = render(reply).flatMap(({ payload }) => [...(payload as unknown as SlackPayload).blocks])
  const head = { type: 'plain_text' as const, text: clip(title, limits.headerText) }
  return {
    type: 'home',
    blocks: [{ type: 'header' as const, text: head }, ...blocks].slice(0, limits.blocksPerView),
  }
}

/** The form of "Ask privately". */
export function questionForm(host: Pick<ChannelHost, 'say'>): types.ModalView {
  const plain = (key: string) => ({ type: 'plain_text' as const, text: host.say(`channel.ask.${key}`) })
  return {
    type: 'modal',
    callback_id: callbacks.askForm,
    title: plain('title'),
    submit: plain('send'),
    close: plain('cancel'),
    blocks: [
      {
        type: 'input',
        block_id: questionInput.block,
        label: plain('label'),
        element: { type: 'plain_text_input', action_id: questionInput.action, multiline: true },
      },
      { type: 'context', elements: [plain('note')] },
    ],
  }
}
