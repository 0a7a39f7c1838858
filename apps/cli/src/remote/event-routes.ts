import type { AuditRecord, CallFilter, CallRow } from '@keeptrusts/audit-store'
import type { FoundEvent } from '../events/find-event.ts'
import { foundEvent } from '../events/find-event.ts'
import type { RemoteClient } from './remote-client.ts'

/** A page of records in log order. */
export interface RecordPage {
  readonly records: readonly AuditRecord[]
  /** What to ask `after` for the next page. */
  readonly next: number
}

/** The calls that match, newest first. */
export async function askCalls(
  client: RemoteClient,
  filter: CallFilter,
): Promise<readonly CallRow[]> {
  const { rows } = await client.ask('GET', `events?${queryOf(filter)}`)
  return rows as readonly CallRow[]
}

/** The records that match, newest first. */
export async function askRecords(
  client: RemoteClient,
  filter: CallFilter,
): Promise<readonly AuditRecord[]> {
  const { records } = await client.ask('GET', `events/records?${queryOf(filter)}`)
  return records as readonly AuditRecord[]
}

/** The records behind a number, oldest first; -1 stands before the first. */
export async function askRecordsAfter(
  client: RemoteClient,
  after: number,
  limit: number,
): Promise<RecordPage> {
  const { records, next } = await client.ask('GET', `events/records?after=${after}&limit=${limit}`)
  return { records: records as readonly AuditRecord[], next: next as number }
}

/** One call or event with its records; `null` when the log has none of this id. */
export async function askEvent(client: RemoteClient, id: string): Promise<FoundEvent | null> {
  try {
    const { records } = await client.ask('GET', `events/${encodeURIComponent(id)}`)
    return foundEvent(records as readonly AuditRecord[])
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'event-not-found') return null
    throw error
  }
}

function queryOf({ limit, since, until, verdict, policy, model }: CallFilter): string {
  const query = new URLSearchParams({ limit: String(limit) })
  if (since !== undefined) query.set('since', new Date(since).toISOString())
  if (until !== undefined) query.set('until', new Date(until).toISOString())
  for (const [name, value] of Object.entries({ verdict, policy, model }))
    if (value !== undefined) query.set(name, value)
  return query.toString()
}
