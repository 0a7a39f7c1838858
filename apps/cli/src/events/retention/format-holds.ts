import type { RetentionStatus } from '@keeptrusts/audit-store'
import { sanitize } from '../../output/sanitize.ts'
import { formatTable } from '../../output/table.ts'
import { clockFor } from './format-retention.ts'

/** Holds for people. Ends with a line break. */
export function formatHolds(
  holds: RetentionStatus['holds'],
  view: { readonly local: boolean },
): string {
  const time = clockFor(view)
  const columns = [
    { title: 'HOLD' },
    { title: 'FROM', align: 'right' as const },
    { title: 'ADDED' },
    { title: 'BY' },
    { title: 'REASON' },
  ]
  const rows = holds.map((hold) =>
    [hold.hold, String(hold.from_seq), time(hold.time), nameOf(hold.actor), hold.reason].map(
      sanitize,
    ),
  )
  return formatTable(columns, rows)
}

/** The operator, or the account of the system. */
function nameOf(actor: unknown): string {
  if (typeof actor !== 'object' || actor === null) return ''
  const { os_user, operator } = actor as { readonly os_user?: unknown; readonly operator?: unknown }
  return String(operator ?? os_user ?? '')
}
