import type { Waits } from '../call/waits.ts'
import type { TransportError } from './transport-error.ts'

interface Flow {
  /** Asks the sender to wait or to go on. */
  pause(): void
  resume(): void
  /** The reader left before the end. */
  abandon(): void
  /** Told while the reader waits for the sender. */
  readonly waits?: Waits
}

const highWaterBytes = 64 * 1024

type Waiter = {
  resolve: (result: IteratorResult<Uint8Array>) => void
  reject: (error: Error) => void
}

/** Turns pushed chunks into an async iteration with back-pressure: one reader, a bounded buffer, no web streams. */
export class ChunkQueue implements AsyncIterableIterator<Uint8Array> {
  readonly #flow: Flow
  #chunks: Uint8Array[] = []
  #bytes = 0
  #paused = false
  #ended = false
  #error: TransportError | null = null
  #waiter: Waiter | null = null

  constructor(flow: Flow) {
    this.#flow = flow
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Adds a chunk; pauses the sender when the reader is behind. */
  push(chunk: Uint8Array): void {
    if (this.#waiter) this.#wake((waiter) => waiter.resolve({ value: chunk, done: false }))
    else this.#store(chunk)
  }

  #store(chunk: Uint8Array): void {
    this.#chunks.push(chunk)
    this.#bytes += chunk.length
    if (this.#paused || this.#bytes < highWaterBytes) return
    this.#paused = true
    this.#flow.pause()
  }

  /** No more chunks will come. */
  end(): void {
    this.#ended = true
    this.#wake((waiter) => waiter.resolve({ value: undefined, done: true }))
  }

  /** Nothing more can be read; what is buffered is dropped. */
  fail(error: TransportError): void {
    this.#error = error
    this.#chunks = []
    this.#wake((waiter) => waiter.reject(error))
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    const chunk = this.#chunks.shift()
    if (chunk !== undefined) return this.#deliver(chunk)
    if (this.#error) throw this.#error
    if (this.#ended) return { value: undefined, done: true }
    this.#flow.waits?.begin()
    return new Promise((resolve, reject) => {
      this.#waiter = { resolve, reject }
    })
  }

  async return(): Promise<IteratorResult<Uint8Array>> {
    this.#chunks = []
    if (!this.#ended && !this.#error) this.#flow.abandon()
    return { value: undefined, done: true }
  }

  #deliver(chunk: Uint8Array): IteratorResult<Uint8Array> {
    this.#bytes -= chunk.length
    if (this.#paused && this.#bytes < highWaterBytes / 2) {
      this.#paused = false
      this.#flow.resume()
    }
    return { value: chunk, done: false }
  }

  #wake(use: (waiter: Waiter) => void): void {
    const waiter = this.#waiter
    this.#waiter = null
    if (!waiter) return
    this.#flow.waits?.end()
    use(waiter)
  }
}
