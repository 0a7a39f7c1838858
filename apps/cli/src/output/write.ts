/** Writes to standard output: the answer of a command, and nothing else. */
export function writeOut(text: string): void {
  process.stdout.write(text)
}

/** Writes to standard error: what people read and pipes do not want. */
export function writeErr(text: string): void {
  process.stderr.write(text)
}
