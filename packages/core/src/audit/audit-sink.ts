import type { AuditEvent } from './audit-event.ts'

/**
 * Where events go. `append` resolves only when the event is durable; a rejection means that the call must not go on.
 */
export interface AuditSink {
  append(event: AuditEvent): Promise<void>
}
