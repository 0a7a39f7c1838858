import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { storePaths } from '@keeptrusts/audit-store'
import { localPaths } from '../local-paths.ts'

/** The folder of the log for an optional `--data-dir`: `audit` in the data folder, or the folder itself when it holds a log (`audit_store.path`). */
export function logFolder(dataDir: string | undefined): string {
  const { dataDir: folder } = localPaths(dataDir)
  return existsSync(storePaths(folder).database) ? folder : join(folder, 'audit')
}
