import type { AuditReader } from '@keeptrusts/audit-store'
import { openAuditReader } from '@keeptrusts/audit-store'
import { writeErr } from '../output/write.ts'
import { logFolder } from './log-folder.ts'

/** The log of the gateway on this machine; `null`, after saying where it looked, when there is none yet (decision K3). */
export function openReader(dataDir: string | undefined): AuditReader | null {
  try {
    return openAuditReader({ dir: logFolder(dataDir) })
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
