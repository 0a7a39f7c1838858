import type { Identity, JwtSettings } from '@keeptrusts/core'
import { TokenRefusedError } from './token-problem.ts'

type Claims = Readonly<Record<string, unknown>>

const maxRoles = 32
const maxLength = 200

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

/** The claim of that very name, as `https://example.com/roles`; else the nested one that its dots lead to. */
function claimAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path]
  let value: unknown = claims
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Claims)[step]
  }
  return value
}

/** A list of names, or names in one text as `scope` has them (RFC 8693 §4.2). */
function namesIn(value: unknown): readonly string[] {
  const list: readonly unknown[] = typeof value === 'string' ? value.split(/\s+/) : asList(value)
  return list.filter(isName)
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function toRoles(map: JwtSettings['role_map']): (name: string) => readonly string[] {
  if (map === undefined) return (name) => [name]
  return (name) => (Object.hasOwn(map, name) ? [map[name] ?? ''] : [])
}

/** What can stand in a log and in a policy: not empty, not long, no control characters. */
function isName(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.trim() !== '' &&
    value.length <= maxLength &&
    !/\p{Cc}/u.test(value)
  )
}
