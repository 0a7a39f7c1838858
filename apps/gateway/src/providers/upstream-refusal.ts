import { GatewayError } from '../errors/gateway-error.ts'
import type { UpstreamResponse } from '../transport/transport.ts'
import { retryAfter } from './retry-after.ts'
import type { TargetRuntime } from './target-runtime.ts'
import { configLine } from './target-runtime.ts'
import type { UpstreamError } from './upstream-error.ts'
import { readUpstreamError } from './upstream-error.ts'

/** The path does not exist at the server, or not for POST; thrown until it is known which server it is. */
export class WrongPathError extends GatewayError {
  /** The server's own router answered: no model has run, so the call may go to another path. */
  readonly noModelRan: boolean

  constructor(
    target: TargetRuntime,
    facts: { readonly status: number; readonly noModelRan: boolean },
  ) {
    super('upstream_model_not_found', {
      message: `The server of target "${target.id}" has no such path (status ${facts.status}).`,
      suggestion: `Check base_url of ${configLine(target)}, and that the model in its provider line is served there.`,
      upstreamStatus: facts.status,
    })
    this.noModelRan = facts.noModelRan
  }
}

interface Answered {
  readonly response: UpstreamResponse
  /** The whole body. */
  readonly bytes: Uint8Array
}

/**
 * What an answer that is not a success means for the client (the table in docs/reference/errors.md).
 * Bodies are read for known codes and never relayed: model servers echo prompts and stack traces in them.
 */
export function refusalOf({ response, bytes }: Answered, target: TargetRuntime): GatewayError {
  const { status } = response
  const error = readUpstreamError(bytes)
  if (error.guardrail) return guardrailRefused(error.guardrail, { status, target })
  if (error.unknownModel) return unknownModel(status, target)
  if (status === 404 || status === 405)
    return new WrongPathError(target, { status, noModelRan: error.routerNotFound })
  if (status === 401 || status === 403) return authFailed(status, { error, target })
  if (status === 429) return rateLimited(response, { error, target })
  if (status === 408 || status === 504) return timedOut(status, target)
  return status < 400 || status >= 500
    ? broken(response, { error, target })
    : rejected(status, { error, target })
}

/** The meaning of an error that a server reports inside a stream, as `{"error": …}` with status 200. */
export function refusalInStream(
  data: string | null,
  target: TargetRuntime | undefined,
): GatewayError {
  const { guardrail } = readUpstreamError(Buffer.from(data ?? ''))
  if (guardrail && target) return guardrailRefused(guardrail, { status: 200, target })
  const message = 'The model server reported an error inside the stream.'
  return new GatewayError('upstream_error', { message, upstreamStatus: 200 })
}

function guardrailRefused(
  found: readonly string[],
  { status, target }: { readonly status: number; readonly target: TargetRuntime },
): GatewayError {
  const what = found.length > 0 ? ` (${found.join(', ')})` : ''
  return new GatewayError('upstream_guardrail', {
    message: `A guardrail of the server of target "${target.id}" refused the call${what}.`,
    upstreamStatus: status,
  })
}

interface Refused {
  readonly error: UpstreamError
  readonly target: TargetRuntime
}

function unknownModel(status: number, target: TargetRuntime): GatewayError {
  return new GatewayError('model_not_found', {
    message: `The server of target "${target.id}" does not serve the model "${target.model}".`,
    suggestion: `Change the model in ${configLine(target, '.provider')} to the name under which the server serves it.`,
    upstreamStatus: status,
  })
}

function authFailed(status: number, { error, target }: Refused): GatewayError {
  if (error.hostRefused)
    return new GatewayError('upstream_error', {
      message: `The MLflow server of target "${target.id}" refused the host name in base_url (status ${status}).`,
      suggestion: `Start it with --allowed-hosts ${target.host}, or use its address in base_url of ${configLine(target)}.`,
      upstreamStatus: status,
    })
  target.credentials.refused()
  const variable = signInVariables(target)
  return new GatewayError('upstream_auth_failed', {
    message: `The server of target "${target.id}" refused the token (status ${status}).`,
    suggestion: variable
      ? `Set ${variable} to a valid token and restart the gateway.`
      : `Add secret_key_ref to ${configLine(target)} and restart the gateway.`,
    upstreamStatus: status,
  })
}

/** The variables to renew, as in `A and B`; empty when the target signs in with nothing. */
export function signInVariables({ target: { auth, secret_env: secret } }: TargetRuntime): string {
  if (auth?.type === 'basic') return `${auth.username_env} and ${auth.password_env}`
  if (auth?.type === 'oauth_m2m') return `${auth.client_id_env} and ${auth.client_secret_env}`
  return secret ?? ''
}

function rateLimited(response: UpstreamResponse, { error, target }: Refused): GatewayError {
  // Databricks counts tokens and calls in windows of a minute to an hour, and often does not say when one ends.
  const isWindowed = error.code === 'REQUEST_LIMIT_EXCEEDED' && !response.header('retry-after')
  return new GatewayError('upstream_rate_limited', {
    message: `The server of target "${target.id}" limits the rate of calls.`,
    ...(isWindowed && { suggestion: windowed }),
    headers: { 'retry-after': retryAfter(response.header('retry-after')) },
    upstreamStatus: response.status,
  })
}

function timedOut(status: number, target: TargetRuntime): GatewayError {
  return new GatewayError('upstream_timeout', {
    message: `The server of target "${target.id}" reported that the model took too long (status ${status}).`,
    suggestion: 'Raise the time limit of the model server, or ask for a shorter answer.',
    upstreamStatus: status,
  })
}

function broken(response: UpstreamResponse, { error, target }: Refused): GatewayError {
  const { status } = response
  const wait = response.header('retry-after')
  const redirect = status >= 300 && status < 400
  return new GatewayError('upstream_error', {
    message: redirect
      ? `The server of target "${target.id}" answered with a redirect (status ${status}); redirects are not followed.`
      : `The server of target "${target.id}" failed (status ${status}${codeText(error)}).`,
    suggestion: redirect
      ? `Put the final address into base_url of ${configLine(target)}.`
      : brokenFix(target),
    ...(wait !== undefined && { headers: { 'retry-after': retryAfter(wait) } }),
    upstreamStatus: status,
  })
}

/** `mlflow gateway start` answers 500, without a word, for an endpoint that it does not have. */
function brokenFix(target: TargetRuntime): string {
  const endpoint = `Check that "${target.model}" in ${configLine(target, '.provider')} is the name of an endpoint there, and look`
  const look = target.learned.kind === 'gateway' ? endpoint : 'Look'
  return `${look} at the log of the model server.`
}

const keptStatuses = new Set([400, 402, 413, 422])

function rejected(status: number, { error, target }: Refused): GatewayError {
  return new GatewayError('upstream_rejected', {
    message: `The server of target "${target.id}" did not accept the request (status ${status}${codeText(error)}).`,
    status: keptStatuses.has(status) ? status : 400,
    upstreamStatus: status,
  })
}

function codeText(error: UpstreamError): string {
  return error.code === null ? '' : `, ${error.code}`
}

const windowed =
  'The limit holds until its window ends, which can be a minute or an hour: wait longer after each try, or have it raised.'
