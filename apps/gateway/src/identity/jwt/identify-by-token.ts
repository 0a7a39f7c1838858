import type { Identity } from '@keeptrusts/core'
import { GatewayError } from '../../errors/gateway-error.ts'
import { KeysUnavailableError, TokenRefusedError } from './token-problem.ts'
import type { TokenVerifier } from './token-verifier.ts'

/**
 * Who showed a token. Throws `GatewayError`: `invalid_token`, the same for every token that proves nothing but that it may be
 * said to have expired (RFC 6750 §3.1), and `identity_provider_unavailable`.
 */
export async function identifyByToken(token: string, verifier: TokenVerifier): Promise<Identity> {
  try {
    return await verifier.verify(token)
  } catch (error) {
    if (error instanceof TokenRefusedError) throw refused(error)
    if (!(error instanceof KeysUnavailableError)) throw error
    const headers = { 'retry-after': '2' }
    throw new GatewayError('identity_provider_unavailable', { headers, cause: error })
  }
}

function refused(error: TokenRefusedError): GatewayError {
  const described = error.problem === 'expired' ? ', error_description="The token has expired"' : ''
  const headers = { 'www-authenticate': `Bearer error="invalid_token"${described}` }
  return new GatewayError('invalid_token', { headers, cause: error })
}
