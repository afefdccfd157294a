import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { z } from 'zod'
import { concerns, levels } from '../core/assessment.ts'
import { AppError } from '../core/errors.ts'
import { guardNames, type Line, type Rule, type RuleSource, type WordGroup } from './ruleset.ts'

export interface RuleFile {
  readonly groups: readonly WordGroup[]
  readonly rules: readonly Rule[]
  readonly spellings: ReadonlyMap<string, readonly string[]>
  readonly languages: ReadonlyMap<string, readonly string[]>
}

const past = /^(?:never|(\d+) (?:day|days)(?:, then (sensitive|urgent|crisis))?)$/

const ruleSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9.-]+$/),
  level: z.enum(levels),
  concerns: z.array(z.enum(concerns)).min(1),
  when: z.string().min(1),
  unless: z.string().optional(),
  deaf: z.array(z.enum(guardNames)).optional(),
  past: z.string().regex(past, 'write "never", "3 days" or "3 days, then sensitive"').optional(),
  alone: z.number().int().min(0).optional(),
  after: z.array(z.enum(concerns)).optional(),
  about: z.enum(['self', 'other']).optional(),
  minor: z.boolean().optional(),
  source: z.string(),
  fires: z.string().min(1),
  quiet: z.string().optional(),
})

const fileSchema = z.strictObject({
  sources: z.record(z.string(), z.string()).optional(),
  words: z.record(z.string(), z.string()).optional(),
  rules: z.array(ruleSchema).optional(),
  spellings: z.string().optional(),
  languages: z.record(z.string(), z.string()).optional(),
})

/** Days after which a red flag is past when its rule does not say. */
const defaultPastDays = 2

/** Reads one file. Throws `AppError` CONTENT_INVALID as `file:line: what`. */
export function readRuleFile(file: string, content: string): RuleFile {
  const counter = new LineCounter()
  const document = parseDocument(content, { lineCounter: counter })
  const lineOf = (node: Node | null | undefined) => (node?.range ? counter.linePos(node.range[0]).line : 1)
  const problem = document.errors[0]
  if (problem) throw invalid(file, problem.linePos?.[0].line ?? 1, problem.message.split('\n')[0] as string)
  const at = (...path: readonly PropertyKey[]): Node | undefined => {
    let node: unknown = document.contents
    for (const key of path) {
      const next: unknown = isMap(node) || isSeq(node) ? node.get(key, true) : undefined
      if (next === undefined) break
      node = next
    }
    return node as Node | undefined
  }
  const checked = fileSchema.safeParse(document.toJS())
  if (!checked.success) {
    const issue = checked.error.issues[0]
    throw invalid(file, lineOf(at(...(issue?.path ?? []))), `${issue?.path.join('.')}: ${issue?.message}`)
  }
  const lines = (text: string | undefined, ...path: readonly PropertyKey[]): Line[] => {
    if (text === undefined) return []
    const node = at(...path)
    const block = isScalar(node) && node.type === 'BLOCK_LITERAL'
    const first = lineOf(node) + (block ? 1 : 0)
    return text
      .split('\n')
      .map((line, index) => ({ text: line.trim(), file, line: first + index }))
      .filter((line) => line.text !== '')
  }
  const sources = new Map(
    Object.entries(checked.data.sources ?? {}).map(([key, text]) => [
      key,
      readSource(file, lineOf(at('sources', key)), text),
    ]),
  )
  const rules = (checked.data.rules ?? []).map((rule, index): Rule => {
    const line = lineOf(at('rules', index))
    const source = sources.get(rule.source)
    if (!source) throw invalid(file, line, `rule ${rule.id}: no source "${rule.source}" in this file`)
    return {
      id: rule.id,
      level: rule.level,
      concerns: rule.concerns,
      when: lines(rule.when, 'rules', index, 'when'),
      unless: lines(rule.unless, 'rules', index, 'unless'),
      deaf: rule.deaf ?? [],
      past: readPast(rule.past),
      ...(rule.alone === undefined ? {} : { alone: rule.alone }),
      after: rule.after ?? [],
      ...(rule.about === undefined ? {} : { about: rule.about }),
      minor: rule.minor ?? false,
      source,
      fires: lines(rule.fires, 'rules', index, 'fires'),
      quiet: lines(rule.quiet, 'rules', index, 'quiet'),
      file,
      line,
    }
  })
  return {
    groups: Object.entries(checked.data.words ?? {}).map(([name, text]) => ({
      name,
      patterns: lines(text, 'words', name),
    })),
    rules,
    spellings: new Map(lines(checked.data.spellings, 'spellings').flatMap((line) => readSpelling(line))),
    languages: new Map(
      Object.entries(checked.data.languages ?? {}).map(([tag, text]) => [
        tag,
        text.split(/\s+/).filter(Boolean),
      ]),
    ),
  }
}

function readPast(text: string | undefined): Rule['past'] {
  if (text === undefined) return { days: defaultPastDays }
  const found = past.exec(text)
  const days = found?.[1] === undefined ? Number.POSITIVE_INFINITY : Number(found[1])
  const level = levels.find((each) => each === found?.[2])
  return level ? { days, level } : { days }
}

function readSource(file: string, line: number, text: string): RuleSource {
  const [publisher, title, url, more] = text.split(' | ').map((part) => part.trim())
  if (publisher === 'none' && title && url === undefined) return { none: title }
  if (!publisher || !title || !url || !URL.canParse(url) || more !== undefined)
    throw invalid(file, line, 'a source is "publisher | title | https://address", or "none | why"')
  return { publisher, title, url }
}

function readSpelling(line: Line): [string, readonly string[]][] {
  const [from, to] = line.text.split(' = ')
  if (!from || !to) throw invalid(line.file, line.line, 'a spelling is "as written = as read"')
  const words = to.trim().split(/\s+/)
  return from
    .trim()
    .split(/\s+/)
    .map((spelling) => [spelling, words])
}

/** A content mistake with its place. */
export function invalid(file: string, line: number, what: string): AppError {
  return new AppError('CONTENT_INVALID', `${file}:${line}: ${what}`, 'Correct that line of the triage rules.')
}
