import type { AuditRecord, CallRow } from '@keeptrusts/audit-store'

/** Leaves out what still runs, and what ended after the log was looked at: it comes later. */
export function hasEnded({ decided, completed }: CallRow, before: number): boolean {
  const last = completed ?? (decided !== null && endsCall(decided) ? decided : null)
  return last !== null && last.seq < before
}

/** Whether a record is the last one of its call. */
export function endsCall({ type, decision }: AuditRecord): boolean {
  if (type === 'request.decided') return decision === 'block' || decision === 'error'
  return type === 'request.completed' || type === 'request.aborted'
}
