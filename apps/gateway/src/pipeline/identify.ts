import type { Identity } from '@keeptrusts/core'
import type { Call } from '../call/call.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { IncomingCall } from '../http/incoming-call.ts'
import { identifyByToken } from '../identity/jwt/identify-by-token.ts'
import { looksLikeToken } from '../identity/jwt/token-verifier.ts'

/** What is known of who calls before anything is checked. */
type Caller = Pick<IncomingCall, 'headers' | 'remoteAddress'>

/** Who makes a call; noted for its events. Throws what `callerOf` throws. */
export async function identify(call: Call, deps: GatewayDeps): Promise<Identity> {
  const identity = await callerOf(call.incoming, deps)
  call.known.identity = identity
  return identity
}

/**
 * Who calls (decisions W1, W9). A bearer value with our own prefix is always checked, and no gateway key exists in
 * this version: throws `GatewayError` `invalid_api_key`. One that looks like a token is checked where there is an identity
 * provider: throws `invalid_token` and `identity_provider_unavailable`. Any other value is anonymous.
 * `X-User-*` headers count only from trusted addresses.
 */
export async function callerOf(
  { headers, remoteAddress }: Caller,
  { trusted, tokens }: Pick<GatewayDeps, 'trusted' | 'tokens'>,
): Promise<Identity> {
  const bearer = /^\s*bearer\s+(\S+)\s*$/i.exec(headers['authorization'] ?? '')?.[1] ?? ''
  if (bearer.startsWith('kt_gk_')) throw new GatewayError('invalid_api_key')
  if (tokens !== null && looksLikeToken(bearer)) return identifyByToken(bearer, tokens)
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
