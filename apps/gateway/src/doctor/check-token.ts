import type { ServerKind } from '../providers/mlflow/probe-server.ts'
import type { TargetRuntime } from '../providers/target-runtime.ts'
import { configLine } from '../providers/target-runtime.ts'
import type { Verdict } from './finding.ts'
import { failed, ok, warning } from './finding.ts'

/** Whether the variables with a target's credentials hold something (decision C4). */
export function checkToken(target: TargetRuntime, kind: ServerKind): Verdict {
  const { missing } = target.credentials
  if (missing.length > 0) {
    const variables = missing.join(' and ')
    const unset = `${variables} ${missing.length > 1 ? 'are' : 'is'} not set`
    if (kind === 'scoring')
      return warning(
        'token-missing',
        `${unset}; calls work all the same, because an MLflow scoring server takes no token.`,
        `Set it, or take secret_key_ref out of ${configLine(target)}.`,
      )
    return failed(
      'token-missing',
      `${unset}: the gateway answers calls with 401 target_token_missing.`,
      `Set ${variables} and restart the gateway.`,
    )
  }
  const sent = howSent(target)
  return sent === null
    ? ok('token-none', 'No credentials are configured; calls go without.')
    : ok('token-set', `${sent}; set here.`)
}

/** What a target signs in with, by the names of its variables; `null` for nothing. */
export function howSent({ target }: TargetRuntime): string | null {
  const { auth, secret_env: secret, api_key_header: header, api_key_prefix: prefix } = target
  if (auth?.type === 'basic')
    return `User name in ${auth.username_env} and password in ${auth.password_env}, sent as Basic`
  if (auth?.type === 'oauth_m2m')
    return `Client ${auth.client_id_env} with ${auth.client_secret_env}, exchanged for a bearer token`
  if (secret === undefined) return null
  const form = /^bearer $/i.test(prefix) ? 'as a bearer token' : `in the header ${header}`
  return `Token in ${secret}, sent ${form}`
}
