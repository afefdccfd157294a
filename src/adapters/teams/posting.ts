import type { ConversationRef } from '../../core/inbound.ts'
import type { SendOutcome } from '../../core/ports.ts'
import type { RenderedPart } from '../../core/reply.ts'
import type { ClosedChats } from '../shared/closed-chats.ts'
import { attachment, type Card, type CardElement } from './cards.ts'
import type { Connector } from './connector.ts'
import { placeOf, urnOf } from './place.ts'
import { choiceMark, type TeamsPayload } from './render.ts'

/** Says what Salus says in a place, or in the personal chat, which is opened for it. */
export function createPosting(parts: { readonly connector: Connector; readonly closed: ClosedChats }) {
  const { connector, closed } = parts

  async function posted(ref: ConversationRef, part: RenderedPart, key: string): Promise<SendOutcome> {
    const place = placeOf(ref)
    const where = place.conversation === '' ? await connector.openChat(place) : place.conversation
    if (typeof where !== 'string') return where
    return connector.send(place.serviceUrl, where, messageOf(part, key))
  }

  return {
    async post(ref: ConversationRef, part: RenderedPart, key: string): Promise<SendOutcome> {
      const outcome = await posted(ref, part, key)
      if (ref.surface === 'direct') closed.note(urnOf(placeOf(ref)), outcome)
      return outcome
    },
    async edit(
      ref: ConversationRef,
      externalId: string,
      part: RenderedPart,
      key: string,
    ): Promise<SendOutcome> {
      const place = placeOf(ref)
      const where = place.conversation === '' ? await connector.openChat(place) : place.conversation
      if (typeof where !== 'string') return where
      return connector.update(place.serviceUrl, where, externalId, messageOf(part, key))
    },
  }
}

function messageOf(part: RenderedPart, key: string) {
  const { summary, card } = part.payload as unknown as TeamsPayload
  return { summary, attachments: [attachment(stamped(card, key))] }
}

/** Buttons tell which delivery they belong to. */
function stamped(card: Card, key: string): Card {
  const body = card.body.map((element): CardElement => {
    if (element.type !== 'ActionSet') return element
    const actions = element.actions.map((action) =>
      action.type === 'Action.Submit' && action.data.salus === choiceMark
        ? { ...action, data: { ...action.data, replyTo: key } }
        : action,
    )
    return { ...element, actions }
  })
  return { ...card, body }
}
