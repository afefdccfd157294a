import type { JsonObject, NonEmpty } from '../../core/json.ts'
import type { RenderedPart, Reply, ReplyElement } from '../../core/reply.ts'
import { plainText } from '../shared/plain-text.ts'

/** What the chat page draws: the reply's meaning as it is; the page chooses the widgets. */
export interface WebPayload {
  readonly elements: NonEmpty<ReplyElement>
}

/** A page has no limit that a reply could meet: one part. */
export function render(reply: Reply): NonEmpty<RenderedPart> {
  const payload: WebPayload = { elements: reply.elements }
  return [{ payload: payload as unknown as JsonObject, plain: plainText(reply) }]
}
