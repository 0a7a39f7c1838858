import type { JWTVerifyOptions, JWTVerifyResult } from 'jose'
import { errors, jwtVerify } from 'jose'
import type { PublicKeys } from './public-keys.ts'
import type { TokenProblem } from './token-problem.ts'
import { TokenRefusedError } from './token-problem.ts'

/** Signatures by a private key only: with a shared secret, whoever can check a token could make one. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
]

/** What a token must say. */
export interface ExpectedToken {
  readonly issuer: string
  /** One of these must stand in `aud`. */
  readonly audience: readonly string[]
  /** Seconds by which clocks may differ. */
  readonly clock_tolerance_seconds: number
}

interface Check {
  readonly expected: ExpectedToken
  readonly keys: PublicKeys
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** A token whose signature, issuer, audience and times are right (RFC 7519, RFC 8725). Throws `TokenRefusedError`. */
export async function checkToken(
  token: string,
  { expected, keys, now }: Check,
): Promise<JWTVerifyResult> {
  const options: JWTVerifyOptions = {
    issuer: expected.issuer,
    audience: [...expected.audience],
    algorithms,
    clockTolerance: expected.clock_tolerance_seconds,
    requiredClaims: ['exp'],
    currentDate: new Date(now),
  }
  try {
    return await jwtVerify(token, keys.find, options)
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw refusal(error)
    return checkWithEach(token, error, options)
  }
}

/** A token that does not say which key it was signed with. */
async function checkWithEach(
  token: string,
  candidates: errors.JWKSMultipleMatchingKeys,
  options: JWTVerifyOptions,
): Promise<JWTVerifyResult> {
  for await (const key of candidates) {
    try {
      return await jwtVerify(token, key, options)
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw refusal(error)
    }
  }
  throw new TokenRefusedError('bad_signature')
}

function refusal(error: unknown): TokenRefusedError {
  return new TokenRefusedError(problemOf(error))
}

function problemOf(error: unknown): TokenProblem {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed)
    return claimProblems[error.claim] ?? 'malformed'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'bad_signature'
  if (error instanceof errors.JWKSNoMatchingKey) return 'unknown_key'
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm_not_allowed'
  return 'malformed'
}

const claimProblems: Readonly<Record<string, TokenProblem>> = {
  iss: 'wrong_issuer',
  aud: 'wrong_audience',
  exp: 'no_expiry',
  nbf: 'not_yet_valid',
}
