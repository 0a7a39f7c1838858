import { readFile } from 'node:fs/promises'
import { CliError } from '../errors/cli-error.ts'

/** A prompt as a chat request. */
export interface Prompt {
  /** Where it came from, for messages. */
  readonly name: string
  /** JSON text of the request. */
  readonly body: string
}

/**
 * Reads a prompt from a file, or from standard input for `-`: a text becomes one user message, JSON is a chat request or the
 * list of its messages. Throws `CliError` for what is neither, or cannot be read; no message holds text of the prompt.
 */
export async function readPrompt(path: string): Promise<Prompt> {
  const { name, text } = await readPromptText(path)
  return { name, body: toBody(text, name) }
}

/** The text of a prompt file, or of standard input for `-`. Throws `CliError` when it cannot be read or is not UTF-8. */
export async function readPromptText(
  path: string,
): Promise<{ readonly name: string; readonly text: string }> {
  const name = path === '-' ? 'standard input' : path
  const text = decode(path === '-' ? await readStdin() : await readBytes(path), name)
  return { name, text }
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of process.stdin) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw new CliError({
      code: isMissing ? 'file-not-found' : 'file-unreadable',
      message: isMissing ? `There is no file ${path}.` : `${path} cannot be read.`,
      where: '--prompt-file',
    })
  }
}

function decode(bytes: Uint8Array, where: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw unreadable({
      where,
      message: 'The prompt is not UTF-8.',
      suggestion: 'Save it as UTF-8.',
    })
  }
}

/** A prompt's text as the JSON text of a chat request. Throws `CliError` for what is none. */
export function toBody(text: string, where: string): string {
  if (text.trim() === '') throw unreadable({ where, message: 'The prompt is empty.' })
  const json = parseJson(text)
  if (Array.isArray(json)) return `{"messages":${text}}`
  if (typeof json === 'object' && json !== null) {
    if ('messages' in json) return text
    throw unreadable({ where, message: 'The JSON is no chat request: it has no messages.' })
  }
  if (/\.json$/i.test(where))
    throw unreadable({
      where,
      message:
        json === undefined
          ? 'The file is not JSON.'
          : 'The JSON is neither a chat request nor a list of messages.',
    })
  // An editor's last line break is no part of what was written.
  return toUserBody(text.replace(/\r?\n$/, ''))
}

/** A chat request of one user message. */
export function toUserBody(content: string): string {
  return JSON.stringify({ messages: [{ role: 'user', content }] })
}

/** `undefined` for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

interface Unreadable {
  readonly where: string
  readonly message: string
  readonly suggestion?: string
}

/** The error for a prompt that is there and makes no request. */
export function unreadable(problem: Unreadable): CliError {
  return new CliError({ code: 'prompt-invalid', ...problem })
}

/** Throws `CliError` for a prompt that a gateway would refuse for its size. */
export function refuseTooLarge({ name, body }: Prompt, limit: number): void {
  if (Buffer.byteLength(body) <= limit) return
  throw unreadable({
    where: name,
    message: `The prompt is larger than size_limits.max_body_bytes, ${limit}.`,
    suggestion: 'A gateway answers 413 to it: send less, or raise the limit.',
  })
}
