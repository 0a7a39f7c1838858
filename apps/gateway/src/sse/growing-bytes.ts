import { Buffer } from 'node:buffer'

const usualBytes = 64 * 1024

/** Bytes that come in pieces. Each is copied once or twice on average, however small the pieces are. */
export class GrowingBytes {
  #bytes: Buffer = Buffer.alloc(0)
  #length = 0

  get length(): number {
    return this.#length
  }

  add(piece: Buffer): void {
    const length = this.#length + piece.length
    if (length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(length, this.#bytes.length * 2))
      this.#bytes.copy(larger, 0, 0, this.#length)
      this.#bytes = larger
    }
    piece.copy(this.#bytes, this.#length)
    this.#length = length
  }

  /** Everything so far and `last` behind it, as bytes that do not change any more; begins anew. */
  takeWith(last: Buffer): Buffer {
    if (this.#length === 0) return last
    const all = Buffer.concat([this.#bytes.subarray(0, this.#length), last])
    this.#length = 0
    if (this.#bytes.length > usualBytes) this.#bytes = Buffer.alloc(0)
    return all
  }
}
