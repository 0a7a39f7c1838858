import { findEvent } from './find-event.ts'
import type { LogSource } from './log-source.ts'
import { openLog } from './open-reader.ts'
import { storedConfig } from './stored-config.ts'

/** The log of the gateway on this machine, read from its file; `null` when there is none yet. */
export function localLog(dataDir: string | undefined): LogSource | null {
  const log = openLog(dataDir)
  if (log === null) return null
  const { reader, place } = log
  return {
    calls: async (filter) => reader.calls(filter),
    records: async (filter) => reader.records(filter),
    event: async (id) => findEvent(reader, id),
    config: async (event) => storedConfig(reader, event),
    async contents(event) {
      const { contentsOf } = await import('./content/contents-of.ts')
      return contentsOf(reader, event, place.keysDir)
    },
    async recordRead(read) {
      const { recordRead } = await import('./record-read.ts')
      await recordRead(log, read)
    },
    close: () => reader.close(),
  }
}
