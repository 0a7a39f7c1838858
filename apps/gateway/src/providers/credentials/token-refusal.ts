import type { GatewayCode } from '../../errors/gateway-error.ts'
import { GatewayError } from '../../errors/gateway-error.ts'
import { capitalName } from '../../errors/party.ts'
import type { UpstreamResponse } from '../../transport/transport.ts'
import { retryAfter } from '../retry-after.ts'
import type { TokenRequest } from './token-request.ts'
import { signInLine, tokenServer } from './token-request.ts'

interface Refused {
  readonly response: UpstreamResponse
  /** The whole body. */
  readonly body: Uint8Array
}

interface Words {
  readonly code: GatewayCode
  /** After the name of the token server. */
  readonly message: string
  readonly suggestion?: string
}

/**
 * What an answer other than 200 means. The body is read for the codes of RFC 6749 §5.2 only and never relayed: some
 * servers echo what they were sent.
 */
export function tokenRefusal({ response, body }: Refused, request: TokenRequest): GatewayError {
  const { status } = response
  const error = errorCode(body)
  const { code, message, suggestion } = wordsFor({ status, error, request })
  const detail = error === null ? `status ${status}` : `status ${status}, ${error}`
  const limited = status === 429
  return new GatewayError(code, {
    message: `${capitalName(tokenServer(request))} ${message} (${detail}).`,
    ...(suggestion !== undefined && { suggestion }),
    ...(limited && { headers: { 'retry-after': retryAfter(response.header('retry-after')) } }),
    upstreamStatus: status,
  })
}

interface Case {
  readonly status: number
  /** A code of RFC 6749 §5.2. */
  readonly error: string | null
  readonly request: TokenRequest
}

function wordsFor({ status, error, request }: Case): Words {
  const line = signInLine(request)
  if (status === 429) return { code: 'upstream_rate_limited', message: 'limits the rate of calls' }
  if (status === 400 || status === 401 || status === 403) return refusedClient(error, request)
  if (status >= 500)
    return {
      code: 'upstream_error',
      message: 'failed',
      suggestion: 'Look at the log of the token server.',
    }
  return {
    code: 'upstream_error',
    message:
      status >= 300 && status < 400
        ? 'answered with a redirect, and redirects are not followed'
        : 'has no token endpoint at this path',
    suggestion: `Correct token_url of ${line}.`,
  }
}

function refusedClient(error: string | null, request: TokenRequest): Words {
  const code = 'upstream_auth_failed'
  const line = signInLine(request)
  const { client_id_env: id, client_secret_env: secret } = request.auth
  if (error === 'invalid_scope')
    return { code, message: 'does not know the scope', suggestion: `Correct scope of ${line}.` }
  if (error === 'unsupported_grant_type' || error === 'unauthorized_client')
    return {
      code,
      message: 'does not give this client tokens by client credentials',
      suggestion: `Allow the grant client_credentials for the client in ${id}, or correct token_url of ${line}.`,
    }
  return {
    code,
    message: 'refused the client id or the client secret',
    suggestion: `Set ${id} and ${secret}, which ${line} names, to a valid pair and restart the gateway.`,
  }
}

const knownCodes = new Set([
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
])

function errorCode(body: Uint8Array): string | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body))
    const code =
      typeof value === 'object' && value !== null && 'error' in value ? value.error : null
    return typeof code === 'string' && knownCodes.has(code) ? code : null
  } catch {
    return null
  }
}
