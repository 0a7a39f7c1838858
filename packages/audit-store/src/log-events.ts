import type { AuditEvent, AuditValue } from '@keeptrusts/core'
import { canonicalEvent } from './canonical-event.ts'
import { eventId } from './event-id.ts'
import type { EventEntry } from './log-entry.ts'

/** Who did something to the log: the account of the operating system and the signed-in operator; `null` for the gateway itself. */
export interface LogActor {
  readonly os_user: string | null
  readonly operator: string | null
}

/** Where and when an event of the log about itself is made. */
interface LogMoment {
  /** Log id. */
  readonly log: string
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** An event about the log itself, such as `audit.genesis`, ready for the writer. */
export function logEvent(
  type: string,
  fields: Readonly<Record<string, AuditValue>>,
  { log, at }: LogMoment,
): EventEntry {
  const event: AuditEvent = {
    id: eventId(at),
    type,
    time: new Date(at).toISOString(),
    stage: 'audit',
    ...fields,
  }
  return canonicalEvent(event, log, at)
}
