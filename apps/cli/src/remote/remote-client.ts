import type { Elsewhere } from '../auth/choose-gateway.ts'
import { CliError } from '../errors/cli-error.ts'
import { writeErr } from '../output/write.ts'
import { nameOf, refused } from './answer-failure.ts'
import type { Answer } from './http-exchange.ts'
import { openConnection } from './http-exchange.ts'

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'
type Fields = Readonly<Record<string, unknown>>

/** A gateway elsewhere. Its methods throw `CliError`, with the gateway's own code where it gave one. */
export interface RemoteClient {
  /** Asks a route below `/keeptrusts/`; `{}` for an answer without a body. */
  ask(method: Method, path: string, body?: Fields): Promise<Fields>
  /** Fetches a file, chunk by chunk, of which `length` bytes are to come if the gateway said so. */
  fetchFile(path: string, stop: AbortSignal): Promise<FileAnswer>
  close(): void
}

export interface FileAnswer {
  readonly chunks: AsyncIterable<Uint8Array>
  readonly length: number | null
}

/** Most of an answer that is kept in memory. */
const maximalAnswer = 256 * 1024 * 1024

/** A client that shows its token. Throws `CliError` `not-logged-in` when there is none. */
export function remoteClient(elsewhere: Elsewhere): RemoteClient {
  const { token } = elsewhere
  if (token === null) throw signedOut(elsewhere)
  return clientOf(elsewhere, { authorization: `Bearer ${token}` })
}

/** A client for the routes that take no token: signing in. */
export function anonymousClient(elsewhere: Elsewhere): RemoteClient {
  return clientOf(elsewhere, {})
}

/** Says on a terminal which gateway is asked: a person may have forgotten which profile is active. */
export function announce(elsewhere: Elsewhere): void {
  if (!process.stderr.isTTY) return
  const { profile, gateway } = elsewhere
  const name = profile === null ? '' : ` (profile ${profile})`
  writeErr(`Gateway ${gateway.url}${name}\n`)
}

function clientOf(elsewhere: Elsewhere, headers: Readonly<Record<string, string>>): RemoteClient {
  const connection = openConnection(elsewhere.gateway, headers)
  return {
    async ask(method, path, body) {
      const answer = await connection.send({ method, path, body })
      const text = await readText(answer, elsewhere)
      if (answer.status >= 200 && answer.status < 300) return parse(text, elsewhere)
      throw refused(elsewhere, answer, parseLoosely(text))
    },
    async fetchFile(path, stop) {
      const answer = await connection.send({ method: 'GET', path, stop })
      if (answer.status !== 200) {
        throw refused(elsewhere, answer, parseLoosely(await readText(answer, elsewhere)))
      }
      const length = Number(answer.headers['content-length'])
      return { chunks: answer.chunks, length: Number.isSafeInteger(length) ? length : null }
    },
    close: connection.close,
  }
}

async function readText({ chunks }: Answer, elsewhere: Elsewhere): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > maximalAnswer) {
      throw new CliError({
        code: 'gateway-unreachable',
        message: `${nameOf(elsewhere)} answers with more than ${maximalAnswer / 1024 / 1024} MiB.`,
        suggestion: 'Ask for less, as with --limit or --since.',
      })
    }
    parts.push(chunk)
  }
  return Buffer.concat(parts).toString('utf8')
}

function parse(text: string, elsewhere: Elsewhere): Fields {
  const answer = text === '' ? {} : parseLoosely(text)
  if (answer !== null) return answer
  throw new CliError({
    code: 'gateway-unreachable',
    message: `${nameOf(elsewhere)} answers with something that is not JSON.`,
    where: elsewhere.gateway.url,
    suggestion: 'Check the address: another program may listen there.',
  })
}

function parseLoosely(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Fields)
      : null
  } catch {
    return null
  }
}

function signedOut({ profile, gateway }: Elsewhere): CliError {
  return new CliError({
    code: 'not-logged-in',
    message: `Nobody is signed in to ${gateway.url}.`,
    suggestion:
      profile === null
        ? 'Give a token in KEEPTRUSTS_API_TOKEN.'
        : `Run kt auth login --profile ${profile}; kt auth profile use local goes back to this machine.`,
  })
}
