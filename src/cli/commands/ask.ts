import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import type { WorkspaceId } from '../../core/ids.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Workspace } from '../../core/workspace.ts'
import type { State } from '../../open-state.ts'
import { countryCode, guessCountry } from '../country.ts'
import type { Host } from '../host.ts'
import { wordsOf } from '../words.ts'
import { fileConfig, isSetUp, openExisting, unstaffed } from '../workspace.ts'
import { wrap } from '../wrap.ts'

export function addAsk(program: Command, host: Host): void {
  program
    .command('ask')
    .description(
      'Ask one question through the whole path and print what a person would be told. Keeps nothing.',
    )
    .argument('<text...>', 'the question; "-" reads it from standard input')
    .option('--json', 'one JSON object on standard output')
    .addOption(new Option('--country <code>', 'whose numbers are shown, such as GB').argParser(countryCode))
    .action(async (words: string[], options: { json?: boolean; country?: string }) => {
      const text = await wordsOf(words, host.terminal)
      const workspace = await workspaceFor(host, options.country)
      const asked = await ask(host, workspace, text)
      if (options.json) host.terminal.out(JSON.stringify(asked))
      else host.terminal.out(wrap(asked.text, 100))
    })
}

/** The set-up organisation's settings, or the demo's; an organisation's database is read and not written. */
async function workspaceFor(host: Host, country: string | undefined): Promise<Workspace> {
  const { demoWorkspace } = await import('../../open-state.ts')
  if (!isSetUp(host.config())) return unstaffed(demoWorkspace(country ?? guessCountry()))
  const { workspace, close } = await openExisting(host)
  await close()
  return country ? { ...workspace, country } : workspace
}

/** Runs one message on a throwaway database. */
async function ask(host: Host, workspace: Workspace, text: string) {
  const folder = await mkdtemp(join(tmpdir(), 'salus-ask-'))
  const config = fileConfig(host.config(), folder)
  const logger = host.logger(config)
  const state = await host.openState(config, logger, true)
  try {
    await state.store.saveWorkspace(workspace)
    const said: string[] = []
    const write = (line: string) => {
      said.push(line)
    }
    const talk = await host.converse({ config, logger, state, workspace, write, live: false })
    await talk.type(text)
    const deliveries = await state.store.deliveriesSince(talk.conversation, 0)
    const elements = deliveries.flatMap((delivery) => delivery.reply?.elements ?? [])
    return { ...(await whatHappened(state, workspace.id)), text: said.join('\n\n'), elements }
  } finally {
    await state.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The turn's codes, as the audit trail has them. */
async function whatHappened(state: State, workspace: WorkspaceId): Promise<JsonObject> {
  const entries = await state.store.audit(workspace)
  const codesOf = (action: string) => entries.find((entry) => entry.action === action)?.codes
  const assessed = codesOf('triage_assessed')
  const answered = codesOf('answer_given')
  const unanswered = codesOf('question_unanswered')
  return {
    level: assessed?.level ?? 'routine',
    concerns: assessed?.concerns ?? [],
    rules: assessed?.rules ?? [],
    answered: answered !== undefined,
    passages: answered?.passages ?? [],
    ...(unanswered ? { unanswered: unanswered.reason } : {}),
  }
}
