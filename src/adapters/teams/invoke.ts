import { z } from 'zod'
import type { Ignored } from '../../core/inbound.ts'
import { type Activity, placeIn } from './activity.ts'
import type { ParseOptions } from './parse.ts'
import type { TeamsPlace } from './place.ts'
import { plainWords } from './text.ts'

export const casePresses = ['claim', 'open', 'snooze', 'resolve'] as const
export type CasePress = (typeof casePresses)[number]

/** Forms that open in a dialog of Teams, as the manifest and our cards name them. */
export const forms = ['ask', 'person', 'settings', 'escalate'] as const
export type Form = (typeof forms)[number]

/** Ids of the message extension's commands, as the manifest registers them. */
export const commands = { search: 'search', escalate: 'escalate', check: 'check', ask: 'ask' } as const

/** What a call means that Teams wants an answer to at once. */
export type TeamsInvoke = {
  readonly place: TeamsPlace
  readonly externalId: string
} & (
  | { readonly kind: 'search'; readonly text: string; readonly limit: number }
  | { readonly kind: 'insert'; readonly id: string }
  | { readonly kind: 'view_case'; readonly caseId: string }
  | { readonly kind: 'case'; readonly press: CasePress; readonly caseId: string }
  /** `about`: the words of the message that it was opened on. */
  | { readonly kind: 'form'; readonly form: Form; readonly about: string }
  | { readonly kind: 'check'; readonly text: string }
  | { readonly kind: 'filled'; readonly form: Form; readonly fields: Readonly<Record<string, string>> }
)

const text = z.string()
const cardAction = z.looseObject({
  action: z.looseObject({ verb: text, data: z.looseObject({ caseId: text }) }),
})
const query = z.looseObject({
  commandId: z.literal(commands.search),
  parameters: z.array(z.looseObject({ name: text, value: z.unknown().optional() })).optional(),
  queryOptions: z.looseObject({ count: z.number().optional() }).optional(),
})
const picked = z.looseObject({ salus: z.literal('article'), id: text })
const opened = z.looseObject({ data: z.looseObject({ salus: z.literal('form'), form: z.enum(forms) }) })
const filled = z.looseObject({
  data: z.looseObject({ salus: z.literal('filled'), form: z.enum(forms) }),
})
const extension = z.looseObject({
  commandId: text,
  messagePayload: z
    .looseObject({
      body: z.looseObject({ content: text.nullish(), contentType: text.nullish() }).nullish(),
    })
    .nullish(),
})

/** Reads an invoke. Nothing makes it throw. */
export function parseInvoke(activity: Activity, options: ParseOptions): TeamsInvoke | Ignored {
  const place = placeIn(activity, options.home)
  if (activity.channelId !== 'msteams' || !place) return { ignored: 'unsupported' }
  const { value } = activity
  const of = { place, externalId: activity.id ?? `${activity.timestamp ?? options.now}` }
  switch (activity.name) {
    case 'adaptiveCard/action': {
      const read = cardAction.safeParse(value)
      if (!read.success) return { ignored: 'unsupported' }
      const { verb, data } = read.data.action
      if (verb === 'case.view') return { ...of, kind: 'view_case', caseId: data.caseId }
      const press = casePresses.find((one) => verb === `case.${one}`)
      return press ? { ...of, kind: 'case', press, caseId: data.caseId } : { ignored: 'unsupported' }
    }
    case 'composeExtension/query': {
      const read = query.safeParse(value)
      if (!read.success) return { ignored: 'unsupported' }
      // Before anything is typed Teams asks with a parameter of its own.
      const given = read.data.parameters?.find(({ name }) => name !== 'initialRun')?.value
      const limit = read.data.queryOptions?.count ?? 10
      return { ...of, kind: 'search', text: typeof given === 'string' ? given : '', limit }
    }
    case 'composeExtension/selectItem': {
      const read = picked.safeParse(value)
      return read.success ? { ...of, kind: 'insert', id: read.data.id } : { ignored: 'unsupported' }
    }
    case 'composeExtension/fetchTask':
    case 'composeExtension/submitAction': {
      const sent = filled.safeParse(value)
      if (sent.success)
        return { ...of, kind: 'filled', form: sent.data.data.form, fields: fieldsOf(sent.data.data) }
      const read = extension.safeParse(value)
      if (!read.success) return { ignored: 'unsupported' }
      const about = aboutOf(read.data)
      switch (read.data.commandId) {
        case commands.escalate:
          return { ...of, kind: 'form', form: 'escalate', about }
        case commands.ask:
          return { ...of, kind: 'form', form: 'ask', about: '' }
        case commands.check:
          return { ...of, kind: 'check', text: about }
        default:
          return { ignored: 'unsupported' }
      }
    }
    case 'task/fetch': {
      const read = opened.safeParse(value)
      return read.success
        ? { ...of, kind: 'form', form: read.data.data.form, about: '' }
        : { ignored: 'unsupported' }
    }
    case 'task/submit': {
      const read = filled.safeParse(value)
      if (!read.success) return { ignored: 'unsupported' }
      return { ...of, kind: 'filled', form: read.data.data.form, fields: fieldsOf(read.data.data) }
    }
    default:
      return { ignored: 'unsupported' }
  }
}

function aboutOf({ messagePayload }: z.infer<typeof extension>): string {
  const body = messagePayload?.body
  return plainWords(body?.content ?? '', [], '', body?.contentType !== 'text')
}

function fieldsOf(data: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.trim()]] : [],
    ),
  )
}
