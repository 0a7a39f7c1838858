import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AuditReader } from '@keeptrusts/audit-store'
import { openAuditReader, storePaths } from '@keeptrusts/audit-store'
import { CliError } from '../errors/cli-error.ts'
import { localPaths } from '../local-paths.ts'
import { writeErr } from '../output/write.ts'

/** Where a log lies, and where the gateway that writes it can be asked. */
export interface LogPlace {
  /** Data folder of the gateway. */
  readonly dataDir: string
  /** Folder of the log. */
  readonly dir: string
  /** Folder of its keys. */
  readonly keysDir: string
}

/** The place of the log for the environment and an optional `--data-dir`, whether there is a log or not. */
export function logPlace(dataDir: string | undefined): LogPlace {
  const { dataDir: folder, configDir } = localPaths(dataDir)
  // A folder from `audit_store.path` holds the log itself.
  const dir = existsSync(storePaths(folder).database) ? folder : join(folder, 'audit')
  return { dataDir: folder, dir, keysDir: join(configDir, 'keys') }
}

/** A log that is open for reading. */
export interface OpenLog {
  readonly place: LogPlace
  readonly reader: AuditReader
}

/** The log of the gateway on this machine; `null`, after saying where it looked, when there is none yet (decision K3). */
export function openLog(dataDir: string | undefined): OpenLog | null {
  const place = logPlace(dataDir)
  const reader = openIfThere(place, (message) =>
    writeErr(
      `${message} The first kt gateway run makes it; KEEPTRUSTS_DATA_DIR or --data-dir names another data folder.\n`,
    ),
  )
  return reader && { place, reader }
}

/** Opens the log of a place; `null` when there is none yet, which `onMissing` is told in a sentence. */
export function openIfThere(
  { dir }: LogPlace,
  onMissing: (message: string) => void,
): AuditReader | null {
  try {
    return openAuditReader({ dir })
  } catch (error) {
    if (!isStoreMissing(error)) throw error
    onMissing(error.message)
    return null
  }
}

function isStoreMissing(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'store-missing'
}

/** For commands that must not end well without a log: throws `CliError` `store-missing` when there is none at the place. */
export function requireLog({ dir }: LogPlace): void {
  const { database } = storePaths(dir)
  if (existsSync(database)) return
  throw new CliError({
    code: 'store-missing',
    message: `No audit log at ${database}.`,
    suggestion: 'Name the data folder of the gateway with KEEPTRUSTS_DATA_DIR or --data-dir.',
    exit: 1,
  })
}
