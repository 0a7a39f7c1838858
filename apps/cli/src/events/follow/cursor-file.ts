import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { CliError } from '../../errors/cli-error.ts'

/** How far a feed has come: the next record is `next` of the log. */
export interface Cursor {
  /** Log id, 32 hex digits. */
  readonly log: string
  readonly next: number
}

const version = 1

/** The cursor in a file; `null` when there is no file yet. Throws `CliError` `cursor-wrong` for anything else. */
export function readCursor(file: string): Cursor | null {
  const text = readIfThere(file)
  if (text === null) return null
  const found = parse(text)
  if (found !== null) return found
  throw new CliError({
    code: 'cursor-wrong',
    message: 'The file is not a cursor.',
    where: file,
    suggestion: 'Name another file, or remove this one: the feed then starts at the first record.',
  })
}

/** Writes a cursor durably in one step: a crash leaves the old one or the new one. */
export function writeCursor(file: string, { log, next }: Cursor): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    const handle = openSync(draft, 'wx', 0o600)
    try {
      writeSync(handle, `${JSON.stringify({ version, log, next })}\n`)
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

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function parse(text: string): Cursor | null {
  try {
    const { version: found, log, next } = JSON.parse(text)
    const sound = found === version && /^[0-9a-f]{32}$/.test(log) && Number.isSafeInteger(next)
    return sound && next >= 0 ? { log, next } : null
  } catch {
    return null
  }
}

function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
