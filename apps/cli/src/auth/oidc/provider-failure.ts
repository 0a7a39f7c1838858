import { ClientError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client'
import { CliError } from '../../errors/cli-error.ts'
import { connectProblem } from '../../remote/connect-failure.ts'

/**
 * Why signing in at a provider failed, for people: what it refused by the names of RFC 6749 §5.2 and RFC 8628 §3.5, never in its own
 * words. Our own errors stay as they are.
 */
export function providerFailure(error: unknown, issuer: string): Error {
  if (error instanceof CliError) return error
  if (error instanceof ResponseBodyError) return refused(error.error, issuer)
  if (error instanceof WWWAuthenticateChallengeError) return refused('invalid_client', issuer)
  if (error instanceof ClientError) return ofClient(error, issuer)
  if (error instanceof TypeError) return unreachable(systemCode(error), issuer)
  return error instanceof Error ? error : new Error(String(error))
}

/** What is thrown when a provider does not answer as OpenID providers do. */
export function providerInvalid(what: string, where?: string, suggestion?: string): CliError {
  return new CliError({
    code: 'provider-invalid',
    message: `${what}.`,
    ...(where !== undefined && { where }),
    ...(suggestion !== undefined && { suggestion }),
  })
}

/** The time in which the code had to be entered is over. */
export function codeExpired(where: string): CliError {
  return new CliError({
    code: 'sign-in-expired',
    message: 'The code has expired before anybody approved the sign-in.',
    where,
  })
}

function refused(error: string, where: string): CliError {
  if (error === 'expired_token') return codeExpired(where)
  if (error === 'access_denied')
    return new CliError({
      code: 'sign-in-denied',
      message: 'The sign-in was denied on the page of the provider.',
      where,
    })
  // Of what a provider sends only its codes are shown.
  const name = /^[a-z_]{1,60}$/.test(error) ? error : 'an unknown error'
  return new CliError({
    code: 'provider-refused',
    message: `The OpenID provider refuses to sign anybody in for this gateway: ${name}.`,
    where,
    suggestion: advice[name] ?? usualAdvice,
  })
}

const usualAdvice =
  'Ask an admin: the client access.oidc.client_id must be registered there as a public client that may use the device flow.'

const advice: Readonly<Record<string, string>> = {
  invalid_scope: 'Ask an admin: the provider does not give this client one of access.oidc.scopes.',
}

function ofClient({ code, cause }: ClientError, where: string): CliError {
  if (code === 'OAUTH_TIMEOUT') return unreachable('ETIMEDOUT', where)
  if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED')
    return providerInvalid(
      'The ID token of the provider is not valid at this time',
      where,
      'Check the clock of this machine.',
    )
  const status = cause instanceof Response ? `, with status ${cause.status}` : ''
  return providerInvalid(
    `The OpenID provider does not answer as one should${status}`,
    where,
    'Ask an admin: access.oidc.issuer must be exactly what the discovery document of the provider says.',
  )
}

function unreachable(code: string, where: string): CliError {
  const why = connectProblem(code) ?? (code || 'no connection')
  return new CliError({
    code: 'provider-unreachable',
    message: `The OpenID provider cannot be reached from this machine: ${why}.`,
    where,
  })
}

/** The network's error is some causes deep. */
function systemCode(error: Error): string {
  let at: unknown = error
  for (let depth = 0; depth < 5 && at instanceof Error; depth += 1) {
    const { code, errors } = at as { readonly code?: unknown; readonly errors?: readonly unknown[] }
    if (typeof code === 'string') return code
    at = at.cause ?? errors?.[0]
  }
  return ''
}
