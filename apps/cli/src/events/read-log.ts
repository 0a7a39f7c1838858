import { setTimeout as sleep } from 'node:timers/promises'
import { canonicalEvent, keyFilesFromEnvironment, withLogWriter } from '@keeptrusts/audit-store'
import type { AuditEvent } from '@keeptrusts/core'
import { recordThroughGateway } from '../control/record-through-gateway.ts'
import type { LogPlace, OpenLog } from './open-reader.ts'

/** Makes one event durable in a log: through the gateway that writes it, or by itself when none runs. */
export interface ReadLog {
  append(event: AuditEvent): Promise<void>
}

/** How long another writer is waited for: a gateway that starts or stops, or another `kt`. Milliseconds. */
const patienceMs = 3000
const restMs = 50

/** How reads of this log are recorded: through the gateway that writes it, by `kt` itself when none runs. */
export function readLogOf({ place, reader }: OpenLog): ReadLog {
  return {
    async append(event) {
      const { log } = reader.extent()
      const deadline = Date.now() + patienceMs
      for (;;) {
        const receipt = await recordThroughGateway(place.dataDir, event)
        // A gateway of this folder can keep its log elsewhere.
        if (receipt?.log === log) return
        try {
          appendAlone(place, event)
          return
        } catch (error) {
          if (!isInUse(error) || Date.now() > deadline) throw error
          await sleep(restMs)
        }
      }
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

function isInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'data-dir-in-use'
}
