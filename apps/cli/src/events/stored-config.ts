import type { AuditReader } from '@keeptrusts/audit-store'
import { CliError } from '../errors/cli-error.ts'
import { textOf } from './event-field.ts'
import type { FoundEvent } from './find-event.ts'

/** The secret-free configuration that an event was decided under (decision L4). Throws `CliError` when the log does not have it. */
export function storedConfig(reader: AuditReader, event: FoundEvent): unknown {
  const hash = event.records.flatMap((record) => textOf(record['config_hash']) ?? [])[0]
  const canonical = hash === undefined ? null : reader.config(hash)
  if (canonical === null) {
    throw new CliError({
      code: 'event-not-found',
      message: 'The log does not hold the configuration of this event.',
      suggestion: 'Show a request.decided or request.completed event of a call.',
    })
  }
  return JSON.parse(canonical)
}
