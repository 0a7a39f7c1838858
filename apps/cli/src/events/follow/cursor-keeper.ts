import type { OutStream } from '../../output/out-stream.ts'
import type { Cursor } from './cursor-file.ts'
import { writeCursor } from './cursor-file.ts'

/** How often the file is written while much is to be sent, milliseconds. */
const restMs = 250

interface Mark {
  /** Bytes written up to the end of a record. */
  readonly bytes: number
  readonly next: number
}

/** Moves the cursor of a feed behind what its reader has certainly got, never ahead of it. */
export class CursorKeeper {
  readonly #file: string
  readonly #log: string
  readonly #out: OutStream
  #marks: Mark[] = []
  #stored: number
  #reached: number
  #savedAt = 0

  /** Writes the start at once, so that a file that cannot be written is known before anything is sent. */
  constructor(file: string, { log, next }: Cursor, out: OutStream) {
    this.#file = file
    this.#log = log
    this.#out = out
    this.#stored = next
    this.#reached = next
    writeCursor(file, { log, next })
  }

  /** Notes that everything before `next` has been written. */
  mark(next: number): void {
    this.#reached = next
    this.#marks.push({ bytes: this.#out.written, next })
  }

  /** Writes what was delivered, not more often than four times a second unless nothing more is to come for now. */
  save({ idle }: { readonly idle: boolean }): void {
    if (!idle && Date.now() - this.#savedAt < restMs) return
    const { delivered } = this.#out
    const behind = this.#marks.findIndex(({ bytes }) => bytes > delivered)
    const passed = behind === -1 ? this.#marks : this.#marks.slice(0, behind)
    this.#marks = behind === -1 ? [] : this.#marks.slice(behind)
    this.#store(passed.at(-1)?.next ?? this.#stored)
  }

  /** Writes everything that was written as delivered: for an end on purpose, after which the reader takes the rest. */
  finish(): void {
    this.#store(this.#reached)
  }

  #store(next: number): void {
    if (next === this.#stored) return
    this.#out.sync()
    writeCursor(this.#file, { log: this.#log, next })
    this.#stored = next
    this.#savedAt = Date.now()
  }
}
