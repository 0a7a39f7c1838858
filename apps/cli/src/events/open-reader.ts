import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AuditReader } from '@keeptrusts/audit-store'
import { openAuditReader, storePaths } from '@keeptrusts/audit-store'
import { localPaths } from '../local-paths.ts'
import { writeErr } from '../output/write.ts'

/** The log of the gateway on this machine; `null`, after saying where it looked, when there is none yet (decision K3). */
export function openReader(dataDir: string | undefined): AuditReader | null {
  const { dataDir: folder } = localPaths(dataDir)
  // A folder from `audit_store.path` holds the log itself.
  const holdsLog = existsSync(storePaths(folder).database)
  try {
    return openAuditReader({ dir: holdsLog ? folder : join(folder, 'audit') })
  } catch (error) {
    if (!isStoreMissing(error)) throw error
    writeErr(
      `${error.message} The first kt gateway run makes it; KEEPTRUSTS_DATA_DIR or --data-dir names another data folder.\n`,
    )
    return null
  }
}

function isStoreMissing(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'store-missing'
}
