import { fstatSync, fsyncSync } from 'node:fs'

/** The most that the system keeps of what was written and not yet read: of a pipe on Linux, of a socket by default. */
const heldBack = { pipe: 64 * 1024, socket: 256 * 1024 }

/** Standard output for answers of any length: waits for its reader, and knows how much cannot be lost any more. */
export class OutStream {
  readonly #file: boolean
  readonly #held: number
  #written = 0

  constructor() {
    const found = fstatSync(1)
    this.#file = found.isFile()
    this.#held = found.isFIFO() ? heldBack.pipe : found.isSocket() ? heldBack.socket : 0
  }

  /** Bytes that the system has taken. */
  get written(): number {
    return this.#written
  }

  /**
   * Bytes that have certainly left this machine's buffers: a pipe takes more only after its reader has taken what came before.
   * What a reader that ends leaves in the pipe is lost, and nobody is told.
   */
  get delivered(): number {
    return Math.max(0, this.#written - this.#held)
  }

  /** Resolves when the system has taken the text. A reader that has gone ends the process (see `main`). */
  write(text: string): Promise<void> {
    if (text === '') return Promise.resolve()
    return new Promise((resolve, reject) => {
      process.stdout.write(text, (error?: NodeJS.ErrnoException | null) => {
        // Nothing goes on after this: the process ends in the same moment.
        if (error?.code === 'EPIPE') return
        if (error) return reject(error)
        this.#written += Buffer.byteLength(text)
        resolve()
      })
    })
  }

  /** Puts what was written to a file on the disk; nothing for pipes and terminals. */
  sync(): void {
    if (this.#file) fsyncSync(1)
  }
}
