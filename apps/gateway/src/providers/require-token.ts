import { GatewayError } from '../errors/gateway-error.ts'
import type { ServerKind } from './mlflow/probe-server.ts'
import type { TargetRuntime } from './target-runtime.ts'
import { lacksToken } from './target-runtime.ts'

/**
 * Refuses a call to a target whose token variable is unset (decision C4); a scoring server takes no token.
 * Throws `GatewayError` `target_token_missing`.
 */
export function requireToken(target: TargetRuntime, kind: ServerKind): void {
  if (!lacksToken(target) || kind === 'scoring' || kind === 'unreachable') return
  const variables = target.credentials.missing.join(' and ')
  const are = target.credentials.missing.length > 1 ? 'are' : 'is'
  throw new GatewayError('target_token_missing', {
    message: `The token of target "${target.id}" is missing: ${variables} ${are} not set.`,
    suggestion: `Set ${variables} and restart the gateway.`,
  })
}
