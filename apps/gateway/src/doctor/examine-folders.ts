import { join } from 'node:path'
import type { Config } from '@keeptrusts/core'
import { checkDisk, checkFolder } from './check-folder.ts'
import { checkKeys, checkLog } from './check-log.ts'
import { checkPermissions } from './check-permissions.ts'
import type { Finding, Verdict } from './finding.ts'
import { about, skipped } from './finding.ts'

interface FolderOptions {
  readonly config: Config | null
  readonly dataDir: string
  readonly configDir: string
  /** May name key files that lie elsewhere. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

/** Whether the gateway can keep its log, its keys and its access store where it will look for them. */
export function examineFolders({
  config,
  dataDir,
  configDir,
  env,
  now = Date.now,
}: FolderOptions): readonly Finding[] {
  const dir = config?.audit_store.path ?? join(dataDir, 'audit')
  const keysDir = join(configDir, 'keys')
  const hasLog = config?.audit_store.kind !== 'none'
  const off = skipped('store-off', 'No log is kept: audit_store.kind is none.')
  const places = {
    folders: [dir, keysDir],
    files: [join(dataDir, 'access.db'), join(configDir, 'credentials.json')],
  }
  const folder = 'data folder'
  return [
    about(
      folder,
      'folder',
      attempt(() => checkFolder(dataDir)),
    ),
    ...(dir === join(dataDir, 'audit')
      ? []
      : [
          about(
            folder,
            'log folder',
            attempt(() => checkFolder(dir)),
          ),
        ]),
    about(
      folder,
      'permissions',
      attempt(() => checkPermissions(places)),
    ),
    about(
      folder,
      'disk',
      attempt(() => checkDisk(dir)),
    ),
    about(folder, 'log', hasLog ? checkLog(dir, now()) : off),
    about(folder, 'keys', hasLog ? checkKeys(dir, keysDir, env) : off),
  ]
}

/** A check of the file system that the system does not allow is no reason to say nothing at all. */
function attempt(check: () => Verdict): Verdict {
  try {
    return check()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    return skipped('not-checked', `The system does not allow this check${code}.`)
  }
}
