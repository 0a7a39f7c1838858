import { existsSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder } from '../private-files.ts'
import { StoreMissingError, toStoreError } from '../store-errors.ts'
import { StoreFault } from '../store-fault.ts'
import { storePaths } from '../store-paths.ts'
import { systemFault } from '../system-fault.ts'
import type { CopiedLog } from './copy-log.ts'
import { copyLog } from './copy-log.ts'

/**
 * Writes a consistent copy of the log in a folder into one new file, readable by its owner only, while a gateway may write on. Under its
 * name the file is complete. Throws `StoreMissingError`, and `StoreRefusedError`: `backup-exists`, `disk-full`, `store-damaged`, …
 */
export function backUpLog({ dir, out }: { readonly dir: string; readonly out: string }): CopiedLog {
  const { database } = storePaths(dir)
  if (!existsSync(database)) throw new StoreMissingError(database)
  const partial = `${out}.partial`
  try {
    for (const path of [out, partial]) if (existsSync(path)) throw taken(path)
    const copied = copyLog(database, partial)
    renameSync(partial, out)
    syncFolder(dirname(out))
    return copied
  } catch (error) {
    throw toStoreError(systemFault(error))
  }
}

function taken(path: string): StoreFault {
  return new StoreFault({
    code: 'backup-exists',
    message: `${path} exists already.`,
    suggestion: 'Choose another name, for example with the date in it, or remove the file.',
  })
}
