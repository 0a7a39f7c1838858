import type { AuditRecord, CallFilter, CallRow } from '@keeptrusts/audit-store'
import type { RecordContent } from './content/contents-of.ts'
import type { FoundEvent } from './find-event.ts'
import type { LogRead } from './record-read.ts'

/** A log that calls and records are read from, here or elsewhere. */
export interface LogSource {
  calls(filter: CallFilter): Promise<readonly CallRow[]>
  /** Records of every type, newest first. */
  records(filter: CallFilter): Promise<readonly AuditRecord[]>
  /** By event id, request id or `<log>/<seq>`; `null` when the log has none. */
  event(id: string): Promise<FoundEvent | null>
  /** The configuration that decided an event. Throws `CliError` when it is not known. */
  config(event: FoundEvent): Promise<unknown>
  /** The texts kept with an event, decrypted. */
  contents(event: FoundEvent): Promise<readonly RecordContent[]>
  /** Resolves once the read is recorded; to be called before anything is shown. A gateway elsewhere does it as it answers. */
  recordRead(read: LogRead): Promise<void>
  close(): void
}
