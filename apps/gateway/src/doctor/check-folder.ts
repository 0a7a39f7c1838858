import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { isNetworkFileSystem } from '@keeptrusts/audit-store'
import type { Verdict } from './finding.ts'
import { failed, ok, warning } from './finding.ts'

/** Whether a folder is there or can be made, belongs to this user and can be written to. Makes nothing. */
export function checkFolder(dir: string): Verdict {
  const there = nearestExisting(dir)
  const { uid, isFolder } = factsOf(there)
  if (!isFolder)
    return failed('folder-unusable', `${there} is not a folder.`, chooseAnother('Move it away'))
  if (!isWritable(there))
    return failed(
      'permission-denied',
      `This user may not write to ${there}.`,
      chooseAnother('Run kt as its owner'),
    )
  if (isNetworkFileSystem(statfsSync(there).type))
    return failed(
      'network-volume',
      `${there} is on a network file system, where the log cannot be kept safely.`,
      chooseAnother('Put the data folder on a local disk'),
    )
  if (there !== dir) return ok('folder-usable', `${dir} will be made by the first gateway.`)
  const self = process.getuid?.()
  if (self === undefined || uid === self) return ok('folder-usable', `${dir} can be written to.`)
  return warning(
    'other-owner',
    `${dir} belongs to user ${uid}, and kt runs as user ${self}.`,
    'Run kt and the gateway as the same user.',
  )
}

function chooseAnother(first: string): string {
  return `${first}, or choose another folder with KEEPTRUSTS_DATA_DIR or --data-dir.`
}

/** The folder itself, or the nearest one above it that exists. */
function nearestExisting(dir: string): string {
  let there = dir
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there)
  return there
}

function factsOf(path: string): { readonly uid: number; readonly isFolder: boolean } {
  const stat = statSync(path)
  return { uid: stat.uid, isFolder: stat.isDirectory() }
}

function isWritable(dir: string): boolean {
  try {
    accessSync(dir, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

const megabyte = 1_000_000

/** Whether the disk of a folder has room for a log that grows. */
export function checkDisk(dir: string): Verdict {
  const { bavail, bsize } = statfsSync(nearestExisting(dir))
  return judgeFree(bavail * bsize)
}

/** What that many free bytes mean. */
export function judgeFree(free: number): Verdict {
  const shown =
    free >= 1000 * megabyte
      ? `${(free / (1000 * megabyte)).toFixed(1)} GB`
      : `${Math.floor(free / megabyte)} MB`
  if (free >= 1000 * megabyte) return ok('disk-free', `${shown} are free on its disk.`)
  const fix = 'Free space there, or move the data folder to a larger disk.'
  return free >= 100 * megabyte
    ? warning('disk-low', `Only ${shown} are free on its disk.`, fix)
    : failed(
        'disk-full',
        `Only ${shown} are free: the log soon takes no records, and calls are refused.`,
        fix,
      )
}
