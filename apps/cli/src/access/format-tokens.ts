import type { ApiToken, Operator } from '@keeptrusts/access'
import { sanitize } from '../output/sanitize.ts'
import { formatTable } from '../output/table.ts'

/** Tokens for people; `now` in milliseconds. Ends with a line break. */
export function formatTokens(
  tokens: readonly ApiToken[],
  { operators, now }: { readonly operators: readonly Operator[]; readonly now: number },
): string {
  const columns = ['ID', 'NAME', 'OPERATOR', 'SCOPES', 'STATE'].map((title) => ({ title }))
  const emailOf = (id: string) => operators.find((operator) => operator.id === id)?.email ?? id
  const rows = tokens.map((token) =>
    [
      token.id,
      token.name,
      emailOf(token.operator),
      token.scopes.join(', '),
      stateOf(token, now),
    ].map(sanitize),
  )
  return formatTable(columns, rows)
}

function stateOf({ revoked, expires }: ApiToken, now: number): string {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10)
  if (revoked !== null) return `revoked ${day(revoked)}`
  return expires <= now ? `expired ${day(expires)}` : `until ${day(expires)}`
}
