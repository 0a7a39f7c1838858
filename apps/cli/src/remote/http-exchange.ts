import { readFileSync } from 'node:fs'
import type { IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'node:http'
import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { RemoteGateway } from '../auth/profiles.ts'
import { CliError } from '../errors/cli-error.ts'
import { connectFailure } from './connect-failure.ts'

interface Sent {
  readonly method: string
  /** Below `/keeptrusts/`. */
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>> | undefined
  readonly stop?: AbortSignal
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly chunks: AsyncIterable<Uint8Array>
}

export interface Connection {
  /** Sends one request. Redirects are not followed: a token goes to the address it was made for. */
  send(sent: Sent): Promise<Answer>
  close(): void
}

/** How long nothing may come, milliseconds: a password takes half a second, a copy of a large log some seconds to begin. */
const silenceMs = 60_000

/** Connections to a gateway, kept open from one request to the next. Throws `CliError` when the file of its authority cannot be read. */
export function openConnection(
  gateway: RemoteGateway,
  headers: Readonly<Record<string, string>>,
): Connection {
  const base = new URL(gateway.url)
  const isTls = base.protocol === 'https:'
  const ca = gateway.ca_file === undefined ? {} : { ca: readAuthority(gateway.ca_file) }
  const agent = isTls
    ? new HttpsAgent({ keepAlive: true, ...ca })
    : new HttpAgent({ keepAlive: true })
  return {
    async send({ method, path, body, stop }) {
      const text = body === undefined ? null : JSON.stringify(body)
      const url = new URL(`${base.href.replace(/\/+$/, '')}/keeptrusts/${path}`)
      const options: RequestOptions = {
        method,
        agent,
        timeout: silenceMs,
        headers: { accept: 'application/json', ...headers, ...bodyHeaders(text) },
        ...(stop && { signal: stop }),
      }
      try {
        const response = await exchange(url, options, text)
        const chunks = chunksOf(response, gateway)
        return { status: response.statusCode ?? 0, headers: response.headers, chunks }
      } catch (error) {
        throw await connectFailure(error, gateway)
      }
    },
    close: () => agent.destroy(),
  }
}

function exchange(
  url: URL,
  options: RequestOptions,
  text: string | null,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest
    const sent = request(url, options)
    sent.on('timeout', () => sent.destroy(new Error(`no answer in ${silenceMs / 1000} s`)))
    sent.on('error', reject)
    sent.on('response', resolve)
    sent.end(text ?? undefined)
  })
}

async function* chunksOf(
  response: IncomingMessage,
  gateway: RemoteGateway,
): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of response) yield chunk as Buffer
  } catch (error) {
    throw await connectFailure(error, gateway)
  }
}

function bodyHeaders(text: string | null): Readonly<Record<string, string>> {
  if (text === null) return {}
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(text)),
  }
}

function readAuthority(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new CliError({
      code: 'file-not-found',
      message: 'The certificate of the authority cannot be read.',
      where: file,
      suggestion: 'Sign in again with --ca-file naming a PEM file.',
    })
  }
}
