import type { KeyProblem } from '@keeptrusts/access'
import type { Identity } from '@keeptrusts/core'
import { GatewayError } from '../errors/gateway-error.ts'
import type { AccessGate } from './access-gate.ts'
import { accessUnavailable } from './access-gate.ts'

/** What our own keys begin with; such a value is always checked (decision W1). */
export const keyPrefix = 'kt_gk_'

/** What was wrong with a key, for the log alone. */
export class KeyRefusedError extends Error {
  readonly problem: KeyProblem

  constructor(problem: KeyProblem) {
    super(`the gateway key is ${problem}`)
    this.problem = problem
  }
}

/**
 * Who showed a gateway key. It is looked up at every call, so that a revoked one ends at once. Throws `GatewayError`:
 * `invalid_api_key`, the same for every key that proves nothing, and `access_unavailable` when nothing can be said about it.
 */
export function identifyByKey(secret: string, access: AccessGate | null): Identity {
  const key = lookUp(secret, access)
  if (typeof key === 'string')
    throw new GatewayError('invalid_api_key', {
      headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
      cause: new KeyRefusedError(key),
    })
  const { id, subject, roles, models } = key
  return { subject, roles, via: 'key', key: id, ...(models && { models }) }
}

function lookUp(secret: string, access: AccessGate | null) {
  const store = access?.store() ?? null
  try {
    return store?.keys.verify(secret) ?? 'unknown'
  } catch (cause) {
    throw accessUnavailable(cause)
  }
}
