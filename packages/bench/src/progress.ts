/** Says on the terminal what is being measured; results go elsewhere. */
export function progress(text: string): void {
  process.stderr.write(`· ${text}\n`)
}
