import type { GatewayKey } from '@keeptrusts/access'
import { sanitize } from '../output/sanitize.ts'
import { formatTable } from '../output/table.ts'

/** Keys for people; `now` in milliseconds. Ends with a line break. */
export function formatKeys(keys: readonly GatewayKey[], now: number): string {
  const columns = ['ID', 'SUBJECT', 'ROLES', 'MODELS', 'STATE', 'NAME'].map((title) => ({ title }))
  const rows = keys.map((key) =>
    [
      key.id,
      key.subject,
      key.roles.join(', ') || '-',
      key.models?.join(', ') ?? 'all',
      stateOf(key, now),
      key.name ?? '',
    ].map(sanitize),
  )
  return formatTable(columns, rows)
}

function stateOf({ revoked, expires }: GatewayKey, now: number): string {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10)
  if (revoked !== null) return `revoked ${day(revoked)}`
  if (expires === null) return 'valid'
  return expires <= now ? `expired ${day(expires)}` : `until ${day(expires)}`
}
