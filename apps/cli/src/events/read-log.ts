import { canonicalEvent, keyFilesFromEnvironment, withLogWriter } from '@keeptrusts/audit-store'
import type { AuditEvent } from '@keeptrusts/core'
import type { LogPlace, OpenLog } from './open-reader.ts'
import type { ReadLog } from './record-read.ts'

/** How reads of this log are recorded. */
export function readLogOf({ place }: OpenLog): ReadLog {
  return {
    async append(event) {
      appendAlone(place, event)
    },
  }
}

/** Opens the log itself, as its one writer, for one event. */
function appendAlone({ dir, keysDir }: LogPlace, event: AuditEvent): void {
  const keyFiles = keyFilesFromEnvironment(process.env)
  withLogWriter({ dir, keysDir, keyFiles, brief: true }, (writer) => {
    writer.append([canonicalEvent(event, writer.log, Date.now())])
  })
}
