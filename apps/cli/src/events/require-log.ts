import { openAuditReader } from '@keeptrusts/audit-store'
import type { LogPlace } from './open-reader.ts'
import { logPlace } from './open-reader.ts'

/** The place of a log that is there. Throws the errors of the store, `store-missing` among them: a command that changes a log never makes one. */
export function requireLog(dataDir: string | undefined): LogPlace {
  const place = logPlace(dataDir)
  openAuditReader({ dir: place.dir }).close()
  return place
}
