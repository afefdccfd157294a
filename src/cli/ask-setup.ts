import type { Workspace } from '../core/workspace.ts'
import { countryName, isCountry } from './country.ts'
import { Exit, exitCodes } from './exit.ts'
import type { Setup } from './setup-file.ts'

type Prompts = typeof import('@clack/prompts')

/** Asks everything that setup needs, starting from what is set. @throws Exit when the person breaks off. */
export async function askSetup(prompts: Prompts, known: Workspace | undefined): Promise<unknown> {
  const ask = asking(prompts)
  const name = await ask.text('What is the organisation called?', known?.name)
  const locale = await ask.text(
    'Language of the pages and of what Salus says (en, es …)',
    known?.locale ?? 'en',
  )
  const country = await ask.text(
    'Country, as a code of two letters (its numbers are shown)',
    known?.country,
    (code) => (isCountry(code) ? undefined : 'A code of two capital letters, such as GB.'),
  )
  prompts.log.info(`Numbers of ${countryName(country)} will be shown.`)
  const minimumAge = await ask.count('From what age may people use it?', known?.minimumAge ?? 13)
  const consentAge = await ask.count('From what age do they consent for themselves?', known?.consentAge ?? 16)
  const staffing = await ask.pick('Who is behind "talk to a person"?', known?.staffing, [
    { value: 'none', label: 'Nobody. Salus says so, and names lines that are open.' },
    { value: 'volunteers', label: 'Volunteers. Salus says that they are not clinicians.' },
    { value: 'clinicians', label: 'Clinicians on a rota that passed a drill in the last 30 days.' },
  ])
  const staffed = staffing === 'none' ? {} : await askStaffing(ask, known, staffing === 'clinicians')
  const safeguardingLead = await ask.text('Who is the safeguarding lead?', known?.safeguardingLead)
  const privacyLead = await ask.text('Who is the privacy lead?', known?.privacyLead)
  const privacyUrl = await ask.optional('Address of your privacy notice', known?.privacyUrl)
  const retention = {
    routineDays: await ask.count('Days to keep ordinary messages', known?.retention.routineDays ?? 30),
    caseDays: await ask.count('Days to keep a case after it closed', known?.retention.caseDays ?? 90),
    auditDays: await ask.count(
      'Days to keep the audit trail (ids and codes only)',
      known?.retention.auditDays ?? 730,
    ),
  }
  const accepted = await ask.optional(
    'Name of the person who accepts in writing that unreviewed articles are answered from; empty: nobody does',
    known?.unreviewedAccepted?.by,
  )
  const on = known?.unreviewedAccepted?.by === accepted ? known?.unreviewedAccepted?.on : undefined
  return {
    name,
    locale,
    country,
    minimumAge,
    consentAge,
    staffing,
    ...staffed,
    safeguardingLead,
    privacyLead,
    privacyUrl,
    retention,
    // Only a file sets them; asking again loses none.
    ...(known?.answerWithin ? { answerWithin: known.answerWithin } : {}),
    ...(known?.escalation ? { escalation: known.escalation } : {}),
    ...(known?.holidays ? { holidays: known.holidays } : {}),
    ...(known?.communityChannels ? { communityChannels: known.communityChannels } : {}),
    ...(accepted
      ? { unreviewedAccepted: { by: accepted, on: on ?? (await ask.text('On what date (YYYY-MM-DD)?')) } }
      : {}),
  } satisfies { [Key in keyof Setup]?: unknown }
}

async function askStaffing(ask: Asking, known: Workspace | undefined, drill: boolean) {
  const shift = known?.hours?.[0]
  const staffCount = await ask.count('How many people?', known?.staffCount || 1)
  const answerWithinMinutes = await ask.count(
    'Minutes until an unanswered case is widened and the person is told the truth',
    known?.answerWithinMinutes ?? 15,
  )
  const always = await ask.yes('Is somebody there day and night?', known !== undefined && !shift)
  const hours = always
    ? {}
    : {
        hours: [
          {
            zone: await ask.text(
              'Time zone of the hours',
              shift?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
            ),
            days: (await ask.text('Days (1 = Monday … 7)', shift?.days.join(' ') ?? '1 2 3 4 5'))
              .split(/[\s,]+/)
              .map(Number),
            from: await ask.text('From', shift?.from ?? '09:00'),
            to: await ask.text('To', shift?.to ?? '17:00'),
          },
        ],
      }
  const drilledOn = drill
    ? await ask.optional('Date of the last rota drill (YYYY-MM-DD)', known?.drilledOn)
    : undefined
  return { staffCount, answerWithinMinutes, ...hours, ...(drilledOn ? { drilledOn } : {}) }
}

type Asking = ReturnType<typeof asking>

function asking(prompts: Prompts) {
  function answered<T>(value: T): Exclude<T, symbol> {
    if (prompts.isCancel(value))
      throw new Exit(exitCodes.failed, 'salus: setup was broken off; nothing was saved.')
    return value as Exclude<T, symbol>
  }
  const text = async (
    message: string,
    initialValue = '',
    wrong: (value: string) => string | undefined = () => undefined,
  ) =>
    answered(
      await prompts.text({
        message,
        initialValue,
        validate: (value = '') => (value.trim() === '' ? 'Please answer.' : wrong(value.trim())),
      }),
    ).trim()
  return {
    text,
    optional: async (message: string, initialValue = '') =>
      (answered(await prompts.text({ message, initialValue })) ?? '').trim() || undefined,
    count: async (message: string, initial: number) =>
      Number(
        await text(message, String(initial), (value) =>
          /^\d+$/.test(value) ? undefined : 'A whole number, please.',
        ),
      ),
    yes: async (message: string, initialValue: boolean) =>
      answered(await prompts.confirm({ message, initialValue })),
    pick: async <Value extends string>(
      message: string,
      initialValue: Value | undefined,
      options: { value: Value; label: string }[],
    ) => {
      // The library's option type is conditional on the value's type, which a type parameter leaves open.
      const asked = { message, options, ...(initialValue ? { initialValue } : {}) } as Parameters<
        Prompts['select']
      >[0]
      return answered(await prompts.select(asked)) as Value
    },
  }
}
