import type { Identity } from '@keeptrusts/core'
import type { Call } from '../call/call.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { IncomingCall } from '../http/incoming-call.ts'
import { identifyByKey, keyPrefix } from '../identity/identify-by-key.ts'
import { identifyByToken } from '../identity/jwt/identify-by-token.ts'
import { looksLikeToken } from '../identity/jwt/token-verifier.ts'

/** What is known of who calls before anything is checked. */
type Caller = Pick<IncomingCall, 'headers' | 'remoteAddress'>

type Used = 'access' | 'trusted' | 'tokens' | 'requiresKey'

/** Who makes a call; noted for its events. Throws what `callerOf` throws. */
export async function identify(call: Call, deps: GatewayDeps): Promise<Identity> {
  const identity = await callerOf(call.incoming, deps)
  call.known.identity = identity
  return identity
}

/**
 * Who calls (decisions W1, W9). A bearer value with our own prefix is always checked: throws what `identifyByKey` throws. One
 * that looks like a token is checked where there is an identity provider: throws what `identifyByToken` throws. Any other value is
 * anonymous, which is refused where a key is required: `GatewayError` `missing_api_key`. `X-User-*` headers count only from trusted
 * addresses, and never in place of a key.
 */
export async function callerOf(
  { headers, remoteAddress }: Caller,
  { access, trusted, tokens, requiresKey }: Pick<GatewayDeps, Used>,
): Promise<Identity> {
  const bearer = /^\s*bearer\s+(\S+)\s*$/i.exec(headers['authorization'] ?? '')?.[1] ?? ''
  if (bearer.startsWith(keyPrefix)) return identifyByKey(bearer, access)
  if (tokens !== null && looksLikeToken(bearer)) return identifyByToken(bearer, tokens)
  if (requiresKey)
    throw new GatewayError('missing_api_key', { headers: { 'www-authenticate': 'Bearer' } })
  return trusted.includes(remoteAddress) ? fromHeaders(headers) : {}
}

function fromHeaders(headers: Readonly<Record<string, string>>): Identity {
  const subject = clean(headers['x-user-id'])
  const roles = (headers['x-user-role'] ?? '').split(',').map(clean).filter(isNamed).slice(0, 32)
  if (subject === '' && roles.length === 0) return {}
  return { ...(subject && { subject }), ...(roles.length > 0 && { roles }), via: 'header' }
}

function clean(value: string | undefined): string {
  return (
    value
      ?.replace(/\p{Cc}/gu, '')
      .trim()
      .slice(0, 200) ?? ''
  )
}

function isNamed(value: string): boolean {
  return value !== ''
}
