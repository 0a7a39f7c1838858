import type { Identity, JwtSettings } from '@keeptrusts/core'
import type { Claims } from './claims.ts'
import { claimAt, isName, namesIn } from './claims.ts'
import { TokenRefusedError } from './token-problem.ts'

const maxRoles = 32

/** Who a token's claims say that it is. Throws `TokenRefusedError` `no_subject`. */
export function readIdentity(
  claims: Claims,
  {
    subject_claim,
    roles_claim,
    role_map,
  }: Pick<JwtSettings, 'subject_claim' | 'roles_claim' | 'role_map'>,
): Identity {
  const subject = claimAt(claims, subject_claim)
  if (!isName(subject)) throw new TokenRefusedError('no_subject')
  const roles = [...new Set(namesIn(claimAt(claims, roles_claim)).flatMap(toRoles(role_map)))]
  return { subject, ...(roles.length > 0 && { roles: roles.slice(0, maxRoles) }), via: 'token' }
}

function toRoles(map: JwtSettings['role_map']): (name: string) => readonly string[] {
  if (map === undefined) return (name) => [name]
  return (name) => (Object.hasOwn(map, name) ? [map[name] ?? ''] : [])
}
