import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { CliError } from '../errors/cli-error.ts'

/** Who is signed in on this machine, and to which gateway. */
export interface StoredCredentials {
  readonly email: string
  /** Data folder of the gateway that gave the token. */
  readonly data_dir: string
  readonly token: string
}

const VERSION = 1

/** Writes the file as 0600 in one step: a crash leaves the old one or the new one, never half of it. */
export function writeCredentials(file: string, credentials: StoredCredentials): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    const handle = openSync(draft, 'wx', 0o600)
    try {
      writeSync(handle, `${JSON.stringify({ version: VERSION, ...credentials }, null, 2)}\n`)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
  syncFolder(dirname(file))
}

/** The stored credentials, or `null` when nobody is signed in. Throws `CliError` when others can read the file or it is damaged. */
export function readCredentials(file: string): StoredCredentials | null {
  const text = readIfThere(file)
  if (text === null) return null
  refuseOpenToOthers(file)
  const found = parse(text)
  if (found === null) {
    throw new CliError({
      code: 'file-unreadable',
      message: 'The stored sign-in cannot be read.',
      where: file,
      suggestion: 'Run kt auth login: it writes the file anew.',
      exit: 1,
    })
  }
  return found
}

/** Removes the file; nothing happens when there is none. */
export function removeCredentials(file: string): void {
  rmSync(file, { force: true })
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function parse(text: string): StoredCredentials | null {
  try {
    const { version, email, data_dir, token } = JSON.parse(text)
    const texts = [email, data_dir, token].every((value) => typeof value === 'string')
    return version === VERSION && texts ? { email, data_dir, token } : null
  } catch {
    return null
  }
}

function refuseOpenToOthers(file: string): void {
  // Windows has no such bits (decision K5).
  if (process.platform === 'win32' || (statSync(file).mode & 0o077) === 0) return
  throw new CliError({
    code: 'loose-permissions',
    message: 'Other users of this machine can read your stored sign-in.',
    where: file,
    suggestion: `Run chmod 600 ${file}, then kt auth logout and kt auth login: somebody may have copied the token.`,
  })
}

/** Makes the new name durable. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
