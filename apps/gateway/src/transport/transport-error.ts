import { isTlsCode, tlsExpected } from './tls-codes.ts'

/** What went wrong between us and an upstream. */
export type TransportProblem =
  | 'unreachable'
  | 'refused_address'
  | 'tls'
  | 'proxy'
  | 'connect_timeout'
  | 'first_byte_timeout'
  | 'idle_timeout'
  | 'reset'
  | 'malformed'
  | 'too_large'
  | 'cancelled'

/** The proxy that a connection failed at. */
export interface ProxyTrouble {
  /** Host and port, without the credentials. */
  readonly host: string
  /** What it answered to CONNECT; `null` when it did not answer at all. */
  readonly status: number | null
}

interface Details {
  readonly sent: boolean
  readonly systemCode?: string
  readonly proxy?: ProxyTrouble
}

/** A failed exchange. Its message never holds bytes of the upstream. */
export class TransportError extends Error {
  readonly problem: TransportProblem
  /** False when it is certain that not one byte of the request left. */
  readonly sent: boolean
  /** The system's code, as in `ECONNREFUSED`. */
  readonly systemCode: string | null
  /** With `proxy` only. */
  readonly proxy: ProxyTrouble | null

  constructor(problem: TransportProblem, details: Details) {
    super(problem)
    this.name = 'TransportError'
    this.problem = problem
    this.sent = details.sent
    this.systemCode = details.systemCode ?? null
    this.proxy = details.proxy ?? null
  }
}

const byCode: Readonly<Record<string, TransportProblem>> = {
  ERR_REFUSED_ADDRESS: 'refused_address',
  UND_ERR_CONNECT_TIMEOUT: 'connect_timeout',
  UND_ERR_BODY_TIMEOUT: 'idle_timeout',
  UND_ERR_HEADERS_TIMEOUT: 'first_byte_timeout',
  UND_ERR_HEADERS_OVERFLOW: 'malformed',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'reset',
  ERR_BUFFER_TOO_LARGE: 'too_large',
}

/** Sorts an error of undici, `node:net` or `node:zlib` into ours. */
export function toTransportError(error: unknown, sent: boolean): TransportError {
  if (error instanceof TransportError) return error
  // undici's parser gives no code of its own to most faults.
  if (error instanceof Error && error.name === 'HTTPParserError') return notHttp(error, sent)
  const code = systemCodeOf(error)
  return new TransportError(problemOf(code, sent), { sent, ...(code && { systemCode: code }) })
}

/** A server that expects TLS answers plain HTTP with an alert: the record type 21, then the version 3.x (RFC 8446 §5.1). */
function notHttp(error: Error, sent: boolean): TransportError {
  const start = 'data' in error && typeof error.data === 'string' ? error.data.slice(0, 2) : ''
  return start === '\x15\x03'
    ? new TransportError('tls', { sent, systemCode: tlsExpected })
    : new TransportError('malformed', { sent })
}

function problemOf(code: string, sent: boolean): TransportProblem {
  const known = byCode[code]
  if (known) return known
  if (isTlsCode(code)) return 'tls'
  if (code.startsWith('HPE_') || code.startsWith('Z_') || code.startsWith('ERR__ERROR_'))
    return 'malformed'
  return sent ? 'reset' : 'unreachable'
}

/** The code of a system error; empty when it has none. */
export function systemCodeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}
