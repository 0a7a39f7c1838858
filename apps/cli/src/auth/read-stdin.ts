import { CliError } from '../errors/cli-error.ts'

const MAX_BYTES = 64 * 1024

/** All of standard input as text, without the line break at its end. Throws `CliError` when it is empty or longer than 64 KiB. */
export async function readStdin(): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of process.stdin) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > MAX_BYTES) break
  }
  const text = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '')
  if (text === '' || bytes > MAX_BYTES) {
    throw new CliError({
      code: 'bad-flag',
      message:
        text === ''
          ? 'There is no password on standard input.'
          : 'Standard input is longer than any password.',
      where: '--password-stdin',
      suggestion:
        'Pipe the password in: kt auth login --email you@example.com --password-stdin < password-file',
    })
  }
  return text
}
