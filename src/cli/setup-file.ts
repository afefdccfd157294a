import { z } from 'zod'
import type { Workspace } from '../core/workspace.ts'
import { isCountry } from './country.ts'
import { escalation } from './escalation-file.ts'
import { isZone } from './is-zone.ts'

const text = z.string().trim().min(1)
const isoDate = z.iso.date()
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write it as "09:00"')
const zone = z.string().refine(isZone, 'no such time zone; write it as Europe/London')

const minutes = z.int().min(1).max(10_080)
const answerWithin = z.strictObject({
  emergency: minutes.optional(),
  crisis: minutes.optional(),
  urgent: minutes.optional(),
  sensitive: minutes.optional(),
  routine: z.union([minutes, z.literal('next_working_day')]).optional(),
})

/** What `setup --from FILE` reads: every answer that `setup` asks for. `docs/configuration.md` explains each. */
export const setupFile = z
  .strictObject({
    name: text,
    locale: z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'write it as en or es-MX'),
    country: z.string().refine(isCountry, 'a code of two capital letters, such as GB'),
    minimumAge: z.int().min(0).max(99),
    consentAge: z.int().min(0).max(99),
    staffing: z.enum(['none', 'volunteers', 'clinicians']),
    staffCount: z.int().min(0).max(10_000).default(0),
    hours: z
      .array(z.strictObject({ zone, days: z.array(z.int().min(1).max(7)).min(1), from: time, to: time }))
      .optional(),
    holidays: z.array(isoDate).optional(),
    drilledOn: isoDate.optional(),
    safeguardingLead: text,
    privacyLead: text,
    privacyUrl: z.url().optional(),
    answerWithinMinutes: z.int().min(1).max(1_440).default(15),
    answerWithin: answerWithin.optional(),
    escalation: escalation.optional(),
    retention: z
      .strictObject({
        routineDays: z.int().min(1).max(3_650).default(30),
        caseDays: z.int().min(1).max(36_500).default(90),
        auditDays: z.int().min(1).max(36_500).default(730),
      })
      .default({ routineDays: 30, caseDays: 90, auditDays: 730 }),
    communityChannels: z
      .array(z.strictObject({ topic: z.string().regex(/^[a-z0-9-]+$/), name: text, url: z.url().optional() }))
      .optional(),
    unreviewedAccepted: z.strictObject({ by: text, on: isoDate }).optional(),
  })
  .refine((setup) => setup.consentAge >= setup.minimumAge, {
    path: ['consentAge'],
    message: 'it is below minimumAge',
  })
  .refine((setup) => setup.staffing === 'none' || setup.staffCount > 0, {
    path: ['staffCount'],
    message: 'say how many people there are, or set staffing to none',
  })
export type Setup = z.infer<typeof setupFile>

/** The settings that the answers stand for. */
export function workspaceOf(setup: Setup, id: Workspace['id']): Workspace {
  const given = Object.fromEntries(Object.entries(setup).filter(([, value]) => value !== undefined))
  return { ...(given as unknown as Omit<Workspace, 'id' | 'mode'>), id, mode: 'production' }
}
