import { Command, CommanderError } from 'commander'
import { commands } from './commands.ts'
import { type ExitCode, exitCodes, explain } from './exit.ts'
import type { Host } from './host.ts'

/** The program with all its commands; nothing heavy is loaded until one of them runs. */
export function createProgram(host: Host): Command {
  const program = new Command('salus')
    .description(
      'Health-awareness assistant: sourced answers, triage first, and a person for whoever needs one.',
    )
    .version(host.version)
    .showSuggestionAfterError(true)
    .helpCommand(true)
  for (const add of commands) add(program, host)
  for (const command of everyCommand(program)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => host.terminal.out(text.trimEnd()),
      // One clear line, whatever the library had to say.
      writeErr: (text) => host.terminal.err(`salus: ${text.trim().replace(/\s*\n\s*/g, ' ')}`),
    })
  }
  return program
}

/** Runs one command. Resolves to the exit code: 0 done, 1 failed, 2 called wrongly. */
export async function run(args: readonly string[], host: Host): Promise<ExitCode> {
  const program = createProgram(host)
  if (args.length === 0) {
    host.terminal.out(program.helpInformation().trimEnd())
    return exitCodes.usage
  }
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCodes.done
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help that was asked for is no error; commander has written the rest itself.
      return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    }
    const { code, line } = explain(error)
    if (line) host.terminal.err(line)
    return code
  }
}

export function everyCommand(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(everyCommand)]
}
