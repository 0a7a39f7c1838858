import type { MlflowCallback } from '@keeptrusts/core'
import type {
  Credentials,
  CredentialsDeps,
  SignInSettings,
} from '../../providers/credentials/credentials.ts'
import { createCredentials } from '../../providers/credentials/credentials.ts'

/** Credentials of a tracking server, and the variables that hold them, for messages. */
export interface TrackingCredentials {
  readonly credentials: Credentials
  /** Names; the ones that would count when none is configured. */
  readonly variables: string
  /** False when requests go without credentials because nothing names any. */
  readonly configured: boolean
}

/** How a tracking server is signed in to. */
export function trackingCredentials(
  callback: MlflowCallback,
  deps: CredentialsDeps,
): TrackingCredentials {
  const named = settingsOf(callback, deps.env)
  const settings = { api_key_header: 'authorization', api_key_prefix: 'Bearer ', ...named.settings }
  const { secret_env: secret, auth } = named.settings
  return {
    credentials: createCredentials(settings, deps),
    variables: named.variables,
    configured: secret !== undefined || auth !== undefined,
  }
}

interface Named {
  readonly settings: Pick<SignInSettings, 'secret_env' | 'auth'>
  readonly variables: string
}

/**
 * With nothing configured the variables of MLflow's own clients count, and Basic wins when both ways are set
 * (mlflow/utils/rest_utils.py).
 */
function settingsOf({ auth, token_env }: MlflowCallback, env: CredentialsDeps['env']): Named {
  if (auth !== undefined) return { settings: { auth }, variables: variablesOf(auth) }
  if (token_env !== undefined) return { settings: { secret_env: token_env }, variables: token_env }
  const isSet = (name: string): boolean => (env[name]?.trim() ?? '') !== ''
  if (isSet(pair.username_env) && isSet(pair.password_env))
    return { settings: { auth: pair }, variables: variablesOf(pair) }
  const secret = isSet(token) ? { secret_env: token } : {}
  return { settings: secret, variables: isSet(token) ? token : `${variablesOf(pair)}, or ${token}` }
}

const token = 'MLFLOW_TRACKING_TOKEN'
const pair = {
  type: 'basic',
  username_env: 'MLFLOW_TRACKING_USERNAME',
  password_env: 'MLFLOW_TRACKING_PASSWORD',
} as const

function variablesOf(auth: NonNullable<MlflowCallback['auth']>): string {
  return auth.type === 'basic'
    ? `${auth.username_env} and ${auth.password_env}`
    : `${auth.client_id_env} and ${auth.client_secret_env}`
}
