import { existsSync } from 'node:fs'
import { openSqlite } from '../open-sqlite.ts'
import type { StorePaths } from '../store-paths.ts'
import { errorCode } from '../system-fault.ts'

/** Whether a gateway holds the lease of a log. The lock is only touched when a writer has left its id, so that none that starts is kept out. */
export function isWriterRunning({ lease, pid }: StorePaths): boolean {
  if (!existsSync(pid) || !existsSync(lease)) return false
  try {
    const lock = openSqlite(lease, { readonly: true, timeout: 0 })
    try {
      lock.prepare('SELECT count(*) FROM sqlite_schema').get()
      return false
    } finally {
      lock.close()
    }
  } catch (error) {
    return errorCode(error)?.startsWith('SQLITE_BUSY') ?? false
  }
}
