import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const pieceBytes = 256 * 1024

/** A file that only takes space, given back when the disk is nearly full so that the record of that still fits. */
export class Ballast {
  readonly #path: string

  /** `dir`: the folder of the log. */
  constructor(dir: string) {
    this.#path = join(dir, 'audit.ballast')
  }

  /** Bytes it takes now. */
  get bytes(): number {
    return statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0
  }

  /** Takes so many bytes, for real: random ones, which no file system keeps in less. Throws what the file system throws, after taking nothing. */
  take(bytes: number): void {
    const piece = randomBytes(Math.min(pieceBytes, bytes))
    const handle = openSync(this.#path, 'w', 0o600)
    try {
      for (let left = bytes; left > 0; left -= piece.length) {
        writeSync(handle, piece, 0, Math.min(left, piece.length))
      }
      fsyncSync(handle)
    } catch (error) {
      this.release()
      throw error
    } finally {
      closeSync(handle)
    }
  }

  /** Gives the space back. */
  release(): void {
    rmSync(this.#path, { force: true })
  }
}
