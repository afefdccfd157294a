import { z } from 'zod'

export const hazards = z.array(
  z.strictObject({
    id: z.string(),
    hazard: z.string(),
    cause: z.string(),
    guards: z.string(),
    tests: z.array(z.string()).min(1),
  }),
)

/** `docs/safety/hazard-log.md` as it should stand. */
export function hazardLog(list: z.infer<typeof hazards>): string {
  const rows = list.map(({ id, hazard, cause, guards, tests }) => {
    const links = tests.map((test) => `[${test.replace(/^.*\//, '')}](../../${test})`).join(', ')
    return `| ${id} | ${hazard} | ${cause} | ${guards} | ${links} |`
  })
  return [
    '# Hazard log',
    '',
    'Written from `hazards.yaml` by `UPDATE_DOCS=1 npx vitest run test/docs.test.ts`. A guard without a test is not in it.',
    'Likelihood and severity depend on the deployment: rate each in your [safety case](safety-case.md).',
    '',
    '| | Hazard | Cause | Guards | Tests |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
