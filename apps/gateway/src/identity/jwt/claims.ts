/** What a token says, by name. */
export type Claims = Readonly<Record<string, unknown>>

const usualLength = 200

/** The claim of that very name, as `https://example.com/roles`; else the nested one that its dots lead to. */
export function claimAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path]
  let value: unknown = claims
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Claims)[step]
  }
  return value
}

/** The names in a claim: a list of them, or words in one text as `scope` has them (RFC 8693 §4.2). */
export function namesIn(value: unknown): readonly string[] {
  const list: readonly unknown[] = typeof value === 'string' ? value.split(/\s+/) : asList(value)
  return list.filter((one) => isName(one))
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** What can stand in a log and in a policy: not empty, not long, no control characters. */
export function isName(value: unknown, maxLength = usualLength): value is string {
  return (
    typeof value === 'string' &&
    value.trim() !== '' &&
    value.length <= maxLength &&
    !/\p{Cc}/u.test(value)
  )
}
