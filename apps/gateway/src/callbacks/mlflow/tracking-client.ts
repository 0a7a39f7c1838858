import { Cancellation } from '../../call/cancellation.ts'
import { GatewayError } from '../../errors/gateway-error.ts'
import type { Credentials } from '../../providers/credentials/credentials.ts'
import { gatherBody } from '../../transport/gather-body.ts'
import type { TlsMaterial } from '../../transport/tls-material.ts'
import type { Transport, UpstreamResponse } from '../../transport/transport.ts'
import { TransportError } from '../../transport/transport-error.ts'
import type { TrackingProblem } from './tracking-error.ts'
import { TrackingError, toTrackingError } from './tracking-error.ts'

interface ClientOptions {
  /** No trailing slash. */
  readonly trackingUri: string
  readonly credentials: Credentials
  /** Certificates for https. */
  readonly tls: TlsMaterial | undefined
  readonly transport: Transport
  /** Milliseconds for one request, to the last byte of its answer. */
  readonly requestMs: number
  /** Ends every request. */
  readonly cancellation: Cancellation
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** One request: a GET when it has no body. */
interface TrackingRequest {
  readonly path: string
  readonly body?: string | Uint8Array
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Most bytes of an answer. */
const maxBodyBytes = 1024 * 1024

/** Requests to a tracking server: with its credentials, in bounded time and space, redirects not followed. */
export class TrackingClient {
  readonly #options: ClientOptions

  constructor(options: ClientOptions) {
    this.#options = options
  }

  /** Reads an address below `/api/2.0/mlflow/`. Throws `TrackingError`. */
  get(path: string): Promise<unknown> {
    return this.#json({ path: `/api/2.0/mlflow/${path}` })
  }

  /** Posts JSON to an address below `/api/2.0/mlflow/`. Throws `TrackingError`. */
  post(path: string, body: object): Promise<unknown> {
    const headers = { 'content-type': 'application/json' }
    return this.#json({ path: `/api/2.0/mlflow/${path}`, body: JSON.stringify(body), headers })
  }

  /** Sends a request and returns the text of its 2xx answer. Throws `TrackingError`. */
  async send(request: TrackingRequest): Promise<string> {
    const { requestMs, cancellation, credentials, now } = this.#options
    const limit = new Cancellation()
    const timer = setTimeout(() => limit.cancel('shutdown'), requestMs)
    const stopListening = cancellation.onCancel(() => limit.cancel('shutdown'))
    try {
      const response = await this.#exchange(request, limit)
      const text = (await gatherBody(response.body)).toString('utf8')
      const { status } = response
      if (status >= 200 && status < 300) return text
      if (status === 401) credentials.refused()
      const retryAfter = response.header('retry-after')
      throw toTrackingError({ status, text: text.slice(0, 4000), retryAfter, now: now() })
    } catch (error) {
      throw asTrackingError(error)
    } finally {
      clearTimeout(timer)
      stopListening()
    }
  }

  async #exchange(
    { path, body, headers }: TrackingRequest,
    cancellation: Cancellation,
  ): Promise<UpstreamResponse> {
    const { trackingUri, credentials, tls, transport, requestMs } = this.#options
    const signIn = await credentials.header(cancellation)
    return transport.send({
      method: body === undefined ? 'GET' : 'POST',
      url: new URL(trackingUri + path),
      headers: {
        accept: 'application/json',
        'accept-encoding': 'identity',
        'user-agent': 'keeptrusts-gateway',
        ...headers,
        ...(signIn && { [signIn[0]]: signIn[1] }),
      },
      body: body ?? null,
      ...(tls && { tls }),
      timeouts: { connect_ms: requestMs, first_byte_ms: requestMs, idle_ms: requestMs },
      maxBodyBytes,
      cancellation,
    })
  }

  async #json(request: TrackingRequest): Promise<unknown> {
    const text = await this.send(request)
    try {
      return JSON.parse(text)
    } catch {
      // Something answers that is not a tracking server: a login page, a proxy.
      throw new TrackingError('absent')
    }
  }
}

/** What is no matter of waiting. */
const byTransport: Readonly<Record<string, TrackingProblem>> = { tls: 'untrusted', proxy: 'proxy' }

function asTrackingError(error: unknown): unknown {
  if (error instanceof TransportError) {
    const problem = byTransport[error.problem] ?? 'away'
    return new TrackingError(problem, { sent: error.sent })
  }
  // No token could be had: because our client is refused, or because its server is away.
  if (!(error instanceof GatewayError)) return error
  return new TrackingError(error.code === 'upstream_auth_failed' ? 'signed_out' : 'no_token')
}
