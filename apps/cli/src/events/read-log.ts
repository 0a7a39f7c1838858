import { openAuditStore } from '@keeptrusts/audit-store'
import type { OpenLog } from './open-reader.ts'
import type { ReadLog } from './record-read.ts'

/** How reads of this log are recorded. */
export function readLogOf({ place }: OpenLog): ReadLog {
  return {
    async append(event) {
      const store = await openAuditStore({ dir: place.dir, keysDir: place.keysDir })
      try {
        await store.append(event)
      } finally {
        await store.close()
      }
    },
  }
}
