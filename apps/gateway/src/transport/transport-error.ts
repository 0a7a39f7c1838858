/** What went wrong between us and an upstream. */
export type TransportProblem =
  | 'unreachable'
  | 'refused_address'
  | 'connect_timeout'
  | 'first_byte_timeout'
  | 'idle_timeout'
  | 'reset'
  | 'malformed'
  | 'too_large'
  | 'cancelled'

/** A failed exchange. Its message never holds bytes of the upstream. */
export class TransportError extends Error {
  readonly problem: TransportProblem
  /** False when it is certain that not one byte of the request left. */
  readonly sent: boolean
  /** The system's code, as in `ECONNREFUSED`. */
  readonly systemCode: string | null

  constructor(
    problem: TransportProblem,
    details: { readonly sent: boolean; readonly systemCode?: string },
  ) {
    super(problem)
    this.name = 'TransportError'
    this.problem = problem
    this.sent = details.sent
    this.systemCode = details.systemCode ?? null
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
  if (error instanceof Error && error.name === 'HTTPParserError')
    return new TransportError('malformed', { sent })
  const code = systemCode(error)
  return new TransportError(problemOf(code, sent), { sent, ...(code && { systemCode: code }) })
}

function problemOf(code: string, sent: boolean): TransportProblem {
  const known = byCode[code]
  if (known) return known
  if (code.startsWith('HPE_') || code.startsWith('Z_') || code.startsWith('ERR__ERROR_'))
    return 'malformed'
  return sent ? 'reset' : 'unreachable'
}

function systemCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}
