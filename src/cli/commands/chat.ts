import { clearLine, createInterface, cursorTo, type Interface } from 'node:readline'
import { type Command, Option } from 'commander'
import { countryCode, countryName } from '../country.ts'
import type { Host } from '../host.ts'
import { isSetUp, type Opened, openDemo, openExisting } from '../workspace.ts'
import { wrap } from '../wrap.ts'

export function addChat(program: Command, host: Host): void {
  program
    .command('chat')
    .description('Talk to Salus in this terminal. Without a set-up organisation it runs as a demo.')
    .option('--demo', 'run as a demo even where an organisation is set up')
    .addOption(
      new Option('--country <code>', 'whose numbers the demo shows, such as GB').argParser(countryCode),
    )
    .action(async (options: { demo?: boolean; country?: string }) => {
      const demo = options.demo || !isSetUp(host.config())
      const opened = demo
        ? await openDemo(host, 'chat', options.country)
        : await openExisting(host, { hold: true })
      try {
        await talk(host, opened)
      } finally {
        await opened.close()
      }
    })
}

async function talk(host: Host, { config, state, workspace }: Opened): Promise<void> {
  const { terminal } = host
  const live = terminal.interactive
  let lines: Interface | undefined
  const write = (text: string) => {
    if (live) {
      clearLine(terminal.output, 0)
      cursorTo(terminal.output, 0)
    }
    terminal.out(`\n${wrap(text, widthOf(terminal.output))}\n`)
    if (live) lines?.prompt(true)
  }
  const salus = await host.converse({ config, state, workspace, write, live, logger: host.logger(config) })
  // Not before somebody takes the lines: those read earlier would be lost.
  lines = createInterface({
    input: terminal.input,
    ...(live ? { output: terminal.output, prompt: 'you > ' } : {}),
  })
  if (live) {
    terminal.err(
      `${workspace.name}. Numbers shown are those of ${countryName(workspace.country)}. Type a question; a number picks a choice; /quit leaves.`,
    )
    lines.prompt()
  }
  try {
    for await (const line of lines) {
      if (/^\/(quit|exit)$/i.test(line.trim())) break
      await salus.type(line)
      if (live && line.trim() === '') lines.prompt()
    }
  } finally {
    lines.close()
    await salus.stop()
  }
}

function widthOf(output: NodeJS.WritableStream): number {
  return 'columns' in output && typeof output.columns === 'number' ? Math.min(output.columns, 100) : 100
}
