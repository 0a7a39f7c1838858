import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Verdict } from './finding.ts'
import { failed, ok, skipped } from './finding.ts'

/** Folders that only their owner may enter, and files that only their owner may read. */
export interface PrivatePlaces {
  readonly folders: readonly string[]
  readonly files: readonly string[]
}

const anythingForOthers = 0o077

/** Whether nobody but the owner can use the log, the keys and the access store (0700 and 0600). */
export function checkPermissions(places: PrivatePlaces, platform = process.platform): Verdict {
  if (platform === 'win32')
    return skipped(
      'not-checked',
      'Permissions are not checked on Windows: see that only you can read the data and config folders.',
    )
  const inside = places.folders.filter(existsSync).flatMap(filesIn)
  const folders = places.folders.filter(isLoose)
  const files = [...inside, ...places.files].filter(isLoose)
  if (folders.length + files.length === 0)
    return ok('permissions-private', 'Nobody but the owner can use the log and the keys.')
  const commands = [chmod('700', folders), chmod('600', files)].filter((one) => one !== null)
  return failed(
    'loose-permissions',
    `Other users of this machine can use ${[...folders, ...files].slice(0, 3).join(', ')}.`,
    `Run: ${commands.join(' && ')}`,
  )
}

function chmod(mode: string, paths: readonly string[]): string | null {
  return paths.length === 0 ? null : `chmod ${mode} ${paths.map((path) => `'${path}'`).join(' ')}`
}

function isLoose(path: string): boolean {
  return existsSync(path) && (statSync(path).mode & anythingForOthers) !== 0
}

function filesIn(dir: string): string[] {
  try {
    return readdirSync(dir, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(dir, entry.name))
  } catch {
    return []
  }
}
