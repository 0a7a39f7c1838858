import type { AuditReader, AuditRecord, CallRow } from '@keeptrusts/audit-store'

/** What an id stands for: the record it names, and every record of the same request. */
export interface FoundEvent {
  /** Log order. */
  readonly records: readonly [AuditRecord, ...AuditRecord[]]
  /** Both `null` for an event that belongs to no call, such as `gateway.started`. */
  readonly row: CallRow
}

/** Finds an event by event id, request id or `<log>/<seq>`; `null` when the log has none. */
export function findEvent(reader: Pick<AuditReader, 'find'>, id: string): FoundEvent | null {
  const [named, ...others] = reader.find(id)
  if (named === undefined) return null
  const requestId = named.request_id
  const [first, ...rest] = requestId === undefined ? [] : reader.find(requestId)
  return eventOf(first === undefined ? [named, ...others] : [first, ...rest])
}

/** The event that records stand for, all of one request if it is a call; `null` without any. */
export function foundEvent([first, ...rest]: readonly AuditRecord[]): FoundEvent | null {
  return first === undefined ? null : eventOf([first, ...rest])
}

function eventOf(records: FoundEvent['records']): FoundEvent {
  const ofType = (type: string) => records.find((record) => record.type === type) ?? null
  return {
    records,
    row: { decided: ofType('request.decided'), completed: ofType('request.completed') },
  }
}
