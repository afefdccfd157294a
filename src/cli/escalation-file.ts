import { z } from 'zod'
import { isZone } from './is-zone.ts'

const text = z.string().trim().min(1)
const date = z.iso.date()
const webhook = z
  .url({ protocol: /^https?$/ })
  .refine(isKept, 'it must begin with https:, but on this machine itself')

const rota = z
  .strictObject({
    zone: z.string().refine(isZone, 'no such time zone; write it as Europe/London'),
    starts: date,
    at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write it as "09:00"'),
    days: z.int().min(1).max(28).default(7),
    people: z.array(text).min(1),
    overrides: z.array(z.strictObject({ from: date, to: date, person: text })).optional(),
  })
  .superRefine((given, found) => {
    for (const [index, { from, to }] of (given.overrides ?? []).entries()) {
      if (to <= from)
        found.addIssue({ code: 'custom', path: ['overrides', index, 'to'], message: 'it is not after from' })
    }
  })

/** Whom a case that nobody answers reaches, as a setup file says it. Everybody named has a way to be rung. */
export const escalation = z
  .strictObject({
    rota: rota.optional(),
    lead: text.optional(),
    pagers: z.array(z.strictObject({ person: text, webhook })).optional(),
    lastWebhook: webhook.optional(),
  })
  .superRefine((given, found) => {
    const reached = new Set((given.pagers ?? []).map(({ person }) => person))
    const wanted: readonly (readonly [readonly (string | number)[], string])[] = [
      ...(given.rota?.people ?? []).map((person, i) => [['rota', 'people', i], person] as const),
      ...(given.rota?.overrides ?? []).map(
        ({ person }, i) => [['rota', 'overrides', i, 'person'], person] as const,
      ),
      ...(given.lead === undefined ? [] : [[['lead'], given.lead] as const]),
    ]
    for (const [path, person] of wanted) {
      if (!reached.has(person))
        found.addIssue({ code: 'custom', path: [...path], message: `"${person}" has no entry in pagers` })
    }
  })

function isKept(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}
