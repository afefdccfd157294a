import { z } from 'zod'
import type { InboundBody } from '../../core/inbound.ts'

/** The page makes the id, so that a message sent again after a lost answer is the same message. */
const id = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)
const code = z.string().min(1).max(400)

const post = z.union([
  z.strictObject({ id, text: z.string() }),
  z.strictObject({
    id,
    choice: z.strictObject({
      action: z.string().regex(/^[a-z_]{1,40}$/),
      value: code,
      replyTo: z.string().max(200),
    }),
  }),
  z.strictObject({ id, command: z.string().regex(/^\/?[a-z-]{1,40}(\s[\s\S]{0,2000})?$/i) }),
])

export type Parsed =
  | { readonly externalId: string; readonly body: InboundBody }
  /** Nothing that could be a message, and why: names of fields, never their content. */
  | { readonly invalid: 'shape' | 'empty' }

/** What the page posted. Text keeps every character but those that no text can hold. */
export function parse(json: unknown): Parsed {
  const parsed = post.safeParse(json)
  if (!parsed.success) return { invalid: 'shape' }
  const given = parsed.data
  if ('text' in given) {
    const text = clean(given.text)
    return text.trim() === '' ? { invalid: 'empty' } : { externalId: given.id, body: { kind: 'text', text } }
  }
  if ('choice' in given) {
    const { action, value, replyTo } = given.choice
    return {
      externalId: given.id,
      body: { kind: 'choice', action, value: clean(value), replyTo: clean(replyTo) },
    }
  }
  const [, name = '', args = ''] = /^\/?([a-z-]+)\s*([\s\S]*)$/i.exec(clean(given.command)) ?? []
  return { externalId: given.id, body: { kind: 'command', name: name.toLowerCase(), args } }
}

/** Half a surrogate pair and NUL cannot be stored as text everywhere. */
function clean(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD').replaceAll('\0', '')
}
