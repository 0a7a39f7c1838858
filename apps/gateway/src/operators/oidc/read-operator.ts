import type { ExternalIdentity, Role } from '@keeptrusts/access'
import { roles } from '@keeptrusts/access'
import type { OidcSettings } from '@keeptrusts/core'
import type { Claims } from '../../identity/jwt/claims.ts'
import { claimAt, isName, namesIn } from '../../identity/jwt/claims.ts'
import { TokenRefusedError } from '../../identity/jwt/token-problem.ts'
import { NotAdmittedError } from './not-admitted-error.ts'

/** OpenID Connect Core 1.0 §2. */
const longestSubject = 255
/** Of an address, RFC 5321 §4.5.3.1. */
const longestEmail = 254

/** Who the claims of an ID token say that somebody is, and as what they come in. Throws `TokenRefusedError` `no_subject`, `NotAdmittedError`. */
export function readOperator(claims: Claims, settings: OidcSettings): ExternalIdentity {
  const { sub: subject } = claims
  if (!isName(subject, longestSubject)) throw new TokenRefusedError('no_subject')
  const email = emailIn(claims)
  return { issuer: settings.issuer, subject, email, role: roleIn(claims, settings) }
}

function emailIn({ email, email_verified: verified }: Claims): string {
  if (!isName(email, longestEmail)) throw new NotAdmittedError('no_email')
  // Some providers write truth values as texts.
  if (verified === false || verified === 'false') throw new NotAdmittedError('email_not_verified')
  return email
}

/** The strongest of the roles that the map gives. */
function roleIn(claims: Claims, { roles_claim, role_map = {}, default_role }: OidcSettings): Role {
  const mapped = namesIn(claimAt(claims, roles_claim)).flatMap((name) =>
    Object.hasOwn(role_map, name) ? [role_map[name]] : [],
  )
  const role = roles.find((one) => mapped.includes(one)) ?? default_role
  if (role === undefined) throw new NotAdmittedError('no_role')
  return role
}
