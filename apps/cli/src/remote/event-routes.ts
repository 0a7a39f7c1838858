import type { AuditRecord, CallFilter, CallRow } from '@keeptrusts/audit-store'
import { CliError } from '../errors/cli-error.ts'
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
  const named = (await askByPlace(client, id)) ?? (await askById(client, id))
  const request = named[0]?.request_id
  // The id of one record of a call stands for the whole call.
  const records = request === undefined || request === id ? named : await askById(client, request)
  return foundEvent(records.length > 0 ? records : named)
}

/** The record at `<log>/<seq>`; `null` for other ids. A path cannot hold such an id: gateways refuse encoded slashes. */
async function askByPlace(
  client: RemoteClient,
  id: string,
): Promise<readonly AuditRecord[] | null> {
  const [, log, seq] = /^([0-9a-f]{32})\/(\d{1,15})$/.exec(id) ?? []
  if (log === undefined) return null
  const { records } = await askRecordsAfter(client, Number(seq) - 1, 1)
  return records.filter((record) => record.log === log && record.seq === Number(seq))
}

async function askById(client: RemoteClient, id: string): Promise<readonly AuditRecord[]> {
  try {
    const { records } = await client.ask('GET', `events/${encodeURIComponent(id)}`)
    return records as readonly AuditRecord[]
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'event-not-found') return []
    throw error
  }
}

/** Calls or records that a gateway gives in one answer. */
const mostAtOnce = 1000

/** Throws `CliError` `bad-flag` for more than a gateway elsewhere gives. */
function refuseTooMany(limit: number): void {
  if (limit <= mostAtOnce) return
  throw new CliError({
    code: 'bad-flag',
    message: `A gateway elsewhere gives at most ${mostAtOnce} at once.`,
    where: '--limit',
    suggestion:
      'Ask for parts with --since and --until; kt events tail --json --since-cursor FILE --once fetches every record.',
  })
}

function queryOf({ limit, since, until, verdict, policy, model }: CallFilter): string {
  refuseTooMany(limit)
  const query = new URLSearchParams({ limit: String(limit) })
  if (since !== undefined) query.set('since', new Date(since).toISOString())
  if (until !== undefined) query.set('until', new Date(until).toISOString())
  for (const [name, value] of Object.entries({ verdict, policy, model }))
    if (value !== undefined) query.set(name, value)
  return query.toString()
}
