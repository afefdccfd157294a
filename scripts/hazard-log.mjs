// Writes docs/safety/hazard-log.md from hazards.yaml: the hazards and the tests that guard each.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const source = join(root, 'docs', 'safety', 'hazards.yaml')
const target = join(root, 'docs', 'safety', 'hazard-log.md')

/** The log as it should stand. */
export function hazardLog() {
  const rows = parse(readFileSync(source, 'utf8')).map(({ id, hazard, cause, guards, tests }) => {
    const links = tests.map((test) => `[${test.replace(/^.*\//, '')}](../../${test})`).join(', ')
    return `| ${id} | ${hazard} | ${cause} | ${guards} | ${links} |`
  })
  return [
    '# Hazard log',
    '',
    'Written by `node scripts/hazard-log.mjs` from `hazards.yaml`. A guard without a test is not in it. Likelihood and',
    'severity depend on the deployment: rate each in your [safety case](safety-case.md).',
    '',
    '| | Hazard | Cause | Guards | Tests |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, hazardLog())
