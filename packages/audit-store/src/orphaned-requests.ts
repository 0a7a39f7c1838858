import type Database from 'better-sqlite3'

/** A request that was let through before a crash and has no record of its end. */
export interface OrphanedRequest {
  readonly eventId: string
  readonly requestId: string
}

/** Requests in flight at a crash are among the newest events; looking further back would only delay the start. */
const lookBack = 50_000

/**
 * Requests the last run let through without recording how they ended: decided since the last `gateway.started`, among the newest
 * 50,000 events, and neither completed nor aborted. None after a clean stop.
 */
export function findOrphans(database: Database.Database): readonly OrphanedRequest[] {
  const mark = database
    .prepare(
      `SELECT seq FROM events
       WHERE request_id IS NULL AND type IN ('gateway.started', 'gateway.stopped') ORDER BY seq DESC LIMIT 1`,
    )
    .get() as { readonly seq: number } | undefined
  return database
    .prepare(
      `SELECT d.id AS eventId, d.request_id AS requestId FROM events d
       WHERE d.seq > max(?, (SELECT size FROM head) - ?)
         AND d.type = 'request.decided' AND d.decision IN ('allow', 'redact') AND d.request_id IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM events e WHERE e.request_id = d.request_id
                         AND e.type IN ('request.completed', 'request.aborted'))
       ORDER BY d.seq`,
    )
    .all(mark?.seq ?? -1, lookBack) as OrphanedRequest[]
}
