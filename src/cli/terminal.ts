/** Where a command reads and writes. */
export interface Terminal {
  /** Standard output, one line or several; a newline is added. */
  out(text: string): void
  /** Standard error: progress, hints and errors. */
  err(text: string): void
  /** A person sits at it: input and output are a terminal. */
  readonly interactive: boolean
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
  /** Resolves once the process was asked to end, by Ctrl-C or by a signal. */
  interrupted(): Promise<void>
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr } = process
  return {
    out: (text) => {
      stdout.write(`${text}\n`)
    },
    err: (text) => {
      stderr.write(`${text}\n`)
    },
    interactive: stdin.isTTY === true && stdout.isTTY === true,
    input: stdin,
    output: stdout,
    interrupted: () =>
      new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
      }),
  }
}
