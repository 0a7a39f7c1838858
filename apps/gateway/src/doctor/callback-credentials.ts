import type { MlflowCallback } from '@keeptrusts/core'
import type { Credentials } from '../providers/credentials/credentials.ts'
import { createCredentials } from '../providers/credentials/credentials.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What a tracking server is signed in to with, and the variables that holds. */
export interface CallbackSignIn {
  readonly credentials: Credentials
  /** As in `A and B`; empty when calls go without credentials. */
  readonly variables: string
}

/** Where the configuration names nothing, the variables of every MLflow client count, user name and password before the token. */
export function callbackSignIn(callback: MlflowCallback, env: Environment): CallbackSignIn {
  const sentAs = { api_key_header: 'authorization', api_key_prefix: 'Bearer ' }
  const { auth, token_env: token } = callback
  if (auth)
    return {
      credentials: createCredentials({ ...sentAs, auth, secret_env: token }, env),
      variables: variablesOf(auth),
    }
  if (
    token === undefined &&
    isSet('MLFLOW_TRACKING_USERNAME', env) &&
    isSet('MLFLOW_TRACKING_PASSWORD', env)
  ) {
    const basic = {
      type: 'basic',
      username_env: 'MLFLOW_TRACKING_USERNAME',
      password_env: 'MLFLOW_TRACKING_PASSWORD',
    } as const
    return {
      credentials: createCredentials({ ...sentAs, auth: basic }, env),
      variables: variablesOf(basic),
    }
  }
  const variable =
    token ?? (isSet('MLFLOW_TRACKING_TOKEN', env) ? 'MLFLOW_TRACKING_TOKEN' : undefined)
  return {
    credentials: createCredentials({ ...sentAs, secret_env: variable }, env),
    variables: variable ?? '',
  }
}

function variablesOf(auth: NonNullable<MlflowCallback['auth']>): string {
  return auth.type === 'basic'
    ? `${auth.username_env} and ${auth.password_env}`
    : `${auth.client_id_env} and ${auth.client_secret_env}`
}

function isSet(variable: string, env: Environment): boolean {
  return (env[variable] ?? '').trim() !== ''
}
