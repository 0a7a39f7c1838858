import { GatewayError } from '../../errors/gateway-error.ts'
import type { TokenRequest } from './token-request.ts'
import { signInLine, tokenServer } from './token-request.ts'
import type { FetchedToken } from './token-source.ts'

/** When the reply names no life. */
const shortLifeMs = 300_000
/** Visible ASCII without spaces: anything else could break the header it goes into. */
const tokenText = /^[!-~]{1,16384}$/

/** The token of a reply (RFC 6749 §5.1). Throws `GatewayError` `upstream_invalid_response`, without text of the reply. */
export function readTokenReply(body: Uint8Array, request: TokenRequest): FetchedToken {
  const reply = parse(body)
  if (reply === null) throw unreadable('is not a JSON object', request)
  const { access_token: token, token_type: type = 'bearer', expires_in: life } = reply
  if (typeof token !== 'string' || !tokenText.test(token))
    throw unreadable('holds no usable access_token', request)
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer')
    throw unreadable('holds a token of another type than Bearer', request)
  return { token, lifeMs: lifeOf(life) }
}

function parse(body: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value }
      : null
  } catch {
    return null
  }
}

/** Seconds, which some servers write as a text. */
function lifeOf(value: unknown): number {
  const seconds = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0
    ? seconds * 1000
    : shortLifeMs
}

function unreadable(what: string, request: TokenRequest): GatewayError {
  return new GatewayError('upstream_invalid_response', {
    message: `The answer of ${tokenServer(request).name} ${what}.`,
    suggestion: `Check token_url of ${signInLine(request)}: it must be the token endpoint, not a login page.`,
    upstreamStatus: 200,
  })
}
