import type { Identity } from '@keeptrusts/core'
import type { Call } from '../call/call.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import type { GatewayDeps } from '../gateway-deps.ts'

/**
 * Who calls (decisions W1, W9). A bearer value with our own prefix is always checked, and no gateway key exists in
 * this version: throws `GatewayError` `invalid_api_key`. Any other value is anonymous.
 * `X-User-*` headers count only from trusted addresses.
 */
export async function identify(call: Call, { trusted }: GatewayDeps): Promise<Identity> {
  const { headers, remoteAddress } = call.incoming
  if (/^\s*bearer\s+kt_gk_/i.test(headers['authorization'] ?? ''))
    throw new GatewayError('invalid_api_key')
  const identity = trusted.includes(remoteAddress) ? fromHeaders(headers) : {}
  call.known.identity = identity
  return identity
}

function fromHeaders(headers: Readonly<Record<string, string>>): Identity {
  const subject = clean(headers['x-user-id'])
  const roles = (headers['x-user-role'] ?? '').split(',').map(clean).filter(isNamed).slice(0, 32)
  return { ...(subject && { subject }), ...(roles.length > 0 && { roles }) }
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
