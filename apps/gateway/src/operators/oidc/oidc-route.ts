import type { ExternalIdentity } from '@keeptrusts/access'
import { AccessError } from '@keeptrusts/access'
import type { Context } from 'hono'
import { GatewayError } from '../../errors/gateway-error.ts'
import { KeysUnavailableError, TokenRefusedError } from '../../identity/jwt/token-problem.ts'
import { answerSignedIn } from '../answer-signed-in.ts'
import { OperatorError } from '../operator-error.ts'
import type { OperatorParts } from '../operator-parts.ts'
import { accessOf, currentOf } from '../operator-parts.ts'
import { readFields, textField } from '../request-fields.ts'
import type { Caller, OperatorRoute } from '../route.ts'
import type { IdTokenVerifier } from './id-token-verifier.ts'
import type { AdmissionProblem } from './not-admitted-error.ts'
import { NotAdmittedError } from './not-admitted-error.ts'

/** ID tokens with hundreds of groups are as long as that. */
const longestToken = 32 * 1024

/** Signing in with an ID token of the provider that `access.oidc` names. */
export function oidcRoute(parts: OperatorParts): OperatorRoute {
  return {
    ...{ method: 'POST', path: '/auth/oidc', needs: 'public' },
    answer: (c, caller) => signIn(parts, c, caller),
  }
}

/** What a client must know to get an ID token; `null` without `access.oidc`. */
export function oidcMethod(idTokens: IdTokenVerifier | null): object | null {
  if (idTokens === null) return null
  const { issuer, client_id, scopes } = idTokens.settings
  return { issuer, client_id, scopes }
}

async function signIn(parts: OperatorParts, c: Context, caller: Caller): Promise<Response> {
  parts.doorkeeper.countSignIn(caller)
  const fields = await readFields(c, ['id_token'])
  const idToken = textField(fields, 'id_token', longestToken)
  const { idTokens } = currentOf(parts)
  if (idTokens === null) throw notConfigured()
  const identity = await identify(parts, { idToken, idTokens, caller })
  const signedIn = signInExternal(parts, identity, caller)
  return await answerSignedIn(parts, c, { caller, signedIn, via: 'oidc' })
}

async function identify(
  { doorkeeper }: OperatorParts,
  shown: { readonly idToken: string; readonly idTokens: IdTokenVerifier; readonly caller: Caller },
): Promise<ExternalIdentity> {
  try {
    return await shown.idTokens.verify(shown.idToken)
  } catch (error) {
    if (error instanceof KeysUnavailableError) throw unavailable(error)
    const refusal = refusalOf(error)
    if (refusal === null) throw error
    doorkeeper.signInFailed(shown.caller, refusal.error.code, refusal.problem)
    throw refusal.error
  }
}

function signInExternal(parts: OperatorParts, identity: ExternalIdentity, caller: Caller) {
  const store = accessOf(parts)
  try {
    return store.signInExternal(identity)
  } catch (error) {
    if (error instanceof AccessError) parts.doorkeeper.signInFailed(caller, error.code)
    throw error
  }
}

interface Refusal {
  readonly error: OperatorError
  /** For the log alone, where the token proves nothing. */
  readonly problem: string
}

function refusalOf(error: unknown): Refusal | null {
  if (error instanceof TokenRefusedError) return { error: tokenRefused(), problem: error.problem }
  if (error instanceof NotAdmittedError)
    return { error: notAdmitted(error.problem), problem: error.problem }
  return null
}

/** The same for every token that proves nothing. */
function tokenRefused(): OperatorError {
  return new OperatorError({
    code: 'oidc-token-refused',
    status: 401,
    message: 'The ID token proves nothing here.',
    suggestion:
      'Sign in again with kt auth login --oidc. If that does not help, the event auth.failed in the log of the gateway says what is wrong with the token.',
  })
}

function notAdmitted(problem: AdmissionProblem): OperatorError {
  return new OperatorError({ code: 'oidc-not-admitted', status: 403, ...admissions[problem] })
}

/** Said only to whoever proved to be the one that it is about. */
const admissions = {
  no_role: {
    message: 'The provider knows you, and none of the roles that it gives you is one here.',
    suggestion:
      'Ask an admin of the gateway: access.oidc.role_map says which roles of the provider count, roles_claim where they stand in the ID token.',
  },
  no_email: {
    message: 'The ID token has no e-mail address.',
    suggestion:
      'Ask an admin: access.oidc.scopes must ask for it (email), and the provider must put it into the ID token.',
  },
  email_not_verified: {
    message: 'The provider has not verified your e-mail address.',
    suggestion: 'Verify it at the provider, then sign in again.',
  },
} as const satisfies Record<AdmissionProblem, object>

function notConfigured(): OperatorError {
  return new OperatorError({
    code: 'oidc-not-configured',
    status: 409,
    message: 'This gateway has no OpenID provider.',
    suggestion: 'Sign in with a password, or ask an admin to configure access.oidc.',
  })
}

function unavailable(cause: KeysUnavailableError): GatewayError {
  return new GatewayError('identity_provider_unavailable', {
    message:
      'The keys of the OpenID provider cannot be fetched, so that the ID token cannot be checked.',
    suggestion:
      'Try again in a moment; the log of the gateway says what the provider answered (identity_provider.away).',
    cause,
  })
}
