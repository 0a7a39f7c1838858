import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { StoreFault } from './store-fault.ts'

const checksPermissions = process.platform !== 'win32'

/** Makes a folder only its owner can enter, with its parents. Throws `StoreFault` when it exists and others can enter it. */
export function ensurePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  refuseOpenToOthers(path, '700')
}

/**
 * Creates an empty file only its owner can use, unless it exists. SQLite gives its `-wal` and `-shm` the same mode, so that no
 * process-wide umask has to change. An existing file is not opened: closing it would drop the locks SQLite holds on it.
 */
export function ensurePrivateFile(path: string): void {
  if (!existsSync(path)) createPrivateFile(path, '')
  refuseOpenToOthers(path, '600')
}

/** Writes a file only its owner can read, durably; throws when it exists. */
export function createPrivateFile(path: string, content: string): void {
  writeFileSync(path, content, { mode: 0o600, flag: 'wx', flush: true })
}

/** Throws `StoreFault` when the group or anybody else can use the file; `mode` is what it should have, in octal digits. Not checked on Windows. */
export function refuseOpenToOthers(path: string, mode: '600' | '700'): void {
  if (!checksPermissions || (statSync(path).mode & 0o077) === 0) return
  throw new StoreFault({
    code: 'loose-permissions',
    message: `${path} can be used by others than its owner.`,
    suggestion: `Run: chmod ${mode} '${path}'`,
  })
}

/** Makes the names in a folder durable. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
