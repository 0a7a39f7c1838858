import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { CliError } from '../errors/cli-error.ts'

/** Asks questions on the terminal. The questions go to standard error, so that standard output stays clean. */
export interface Prompter {
  ask(question: string): Promise<string>
  /** The same without showing what is typed. */
  askHidden(question: string): Promise<string>
  close(): void
}

/** One reader for all questions: lines that were typed ahead are not lost between two of them. */
export function createPrompter(
  input: NodeJS.ReadableStream = process.stdin,
  output: NodeJS.WritableStream = process.stderr,
): Prompter {
  let hidden = false
  const screen = new Writable({
    write(chunk, _encoding, done) {
      if (!hidden) output.write(chunk)
      done()
    },
  })
  const lines = createInterface({ input, output: screen, terminal: true, historySize: 0 })
  const typed: string[] = []
  let waiting: ((line: string | null) => void) | null = null
  let ended = false
  const next = (line: string | null) => {
    const take = waiting
    waiting = null
    if (take !== null) take(line)
    else if (line !== null) typed.push(line)
  }
  lines.on('line', next)
  // Ctrl-C closes the interface, as the end of the input does.
  lines.on('close', () => {
    ended = true
    next(null)
  })

  async function read(question: string): Promise<string> {
    output.write(question)
    const early = typed.shift()
    if (early !== undefined) return early
    const line = ended
      ? null
      : await new Promise<string | null>((resolve) => {
          waiting = resolve
        })
    if (line === null) throw givenUp()
    return line
  }
  return {
    ask: read,
    async askHidden(question) {
      hidden = true
      try {
        return await read(question)
      } finally {
        hidden = false
        output.write('\n')
      }
    },
    close() {
      lines.close()
    },
  }
}

function givenUp(): CliError {
  return new CliError({
    code: 'no-terminal',
    message: 'Nothing was answered.',
    suggestion: 'Run kt auth login again.',
    exit: 1,
  })
}
