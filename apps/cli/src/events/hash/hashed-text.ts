import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { CliError } from '../../errors/cli-error.ts'

/** Where a text comes from: exactly one is given. */
export interface TextSource {
  readonly text?: string | undefined
  readonly stdin: boolean
  readonly file?: string | undefined
  readonly promptFile?: string | undefined
}

/**
 * The text to hash. One line break at the end of standard input or a file is not part of it: editors and `echo` add it, clients
 * do not. Throws `CliError`: `bad-flag` unless there is exactly one source, `file-not-found`, `prompt-invalid` for what is not
 * UTF-8, or not JSON where a body is expected.
 */
export async function readText(source: TextSource): Promise<string> {
  const { text, stdin, file, promptFile } = source
  if ([text, file, promptFile].filter((given) => given !== undefined).length + Number(stdin) !== 1)
    throw new CliError({
      code: 'bad-flag',
      message: 'Give one text: as --stdin, --file, --prompt-file or an argument.',
    })
  if (text !== undefined) return text
  const bytes = stdin ? await readAll() : await readFile(file ?? promptFile ?? '')
  const found = decode(bytes, stdin ? 'standard input' : (file ?? promptFile ?? ''))
  if (promptFile !== undefined) refuseNoJson(found, promptFile)
  return found.replace(/\r?\n$/, '')
}

/**
 * What the log may hold of a text, in the forms that the gateway hashes: a request or answer body as it is, a streamed answer as
 * the SHA-256 of its bytes in hex, an address with `ip:` in front.
 */
export function loggedForms(text: string): readonly string[] {
  const ends = [text, `${text}\n`]
  const streams = ends.map((body) => createHash('sha256').update(body, 'utf8').digest('hex'))
  return [...ends, ...streams, ...(isIP(text) === 0 ? [] : [`ip:${text}`])]
}

async function readAll(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of process.stdin) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function decode(bytes: Uint8Array, where: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new CliError({
      code: 'prompt-invalid',
      message: 'The text is not UTF-8, so that no call can have carried it.',
      where,
      suggestion: 'Save it as UTF-8.',
    })
  }
}

function refuseNoJson(text: string, where: string): void {
  try {
    JSON.parse(text)
  } catch {
    throw new CliError({
      code: 'prompt-invalid',
      message: 'The file is no JSON, so that it cannot be the body of a call.',
      where,
      suggestion: 'Give the whole body as it was sent, or use --file for any text.',
    })
  }
}
