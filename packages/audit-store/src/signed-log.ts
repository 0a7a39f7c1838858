import type Database from 'better-sqlite3'
import { corrupt } from './log-database.ts'
import { schemaVersion } from './schema.ts'
import { StoreFault } from './store-fault.ts'

/** Which log the file says it is. Throws `StoreFault` when it has no signatures yet, or has lost its id. */
export function readSignedLogId(database: Database.Database): string {
  if (database.pragma('user_version', { simple: true }) !== schemaVersion) {
    throw new StoreFault({
      code: 'store-unsigned',
      message: `The audit log ${database.name} has a format without signatures, which cannot be verified.`,
      suggestion: 'Start the gateway once: it brings the log to the format with signatures.',
    })
  }
  const log: unknown = database.prepare("SELECT value FROM meta WHERE key = 'log'").pluck().get()
  if (typeof log !== 'string') throw corrupt(database.name, 'has lost its id')
  return log
}
