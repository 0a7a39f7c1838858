import { closeSync, constants, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'

const { O_APPEND, O_CREAT, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants

/**
 * Adds a line at the end of a file, durably, and closes it. The file is made when it is missing, readable by its owner only; it is never
 * truncated or renamed, so that `chattr +a` and write-once storage take it. Throws what the file system throws.
 */
export function appendLine(path: string, line: string): void {
  // A pipe that nobody reads would hold up the open for ever; of a file O_NONBLOCK changes nothing.
  const handle = openSync(path, O_WRONLY | O_APPEND | O_CREAT | (O_NONBLOCK ?? 0), 0o600)
  try {
    if (!fstatSync(handle).isFile()) throw new Error('it is not a file')
    const bytes = Buffer.from(`${endsTorn(path) ? '\n' : ''}${line}\n`, 'utf8')
    const written = writeSync(handle, bytes)
    if (written < bytes.length) throw new Error('the disk took only a part of the line')
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Whether a write was cut off in the middle of a line. A file that may only be written to is taken to be whole. */
function endsTorn(path: string): boolean {
  let handle: number | undefined
  try {
    handle = openSync(path, O_RDONLY | (O_NONBLOCK ?? 0))
    const { size } = fstatSync(handle)
    const last = Buffer.alloc(1)
    return size > 0 && readSync(handle, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a
  } catch {
    return false
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}
