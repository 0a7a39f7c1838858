import type { KeptContent } from './kept-content.ts'
import { keptBytes, maximalContentBytes } from './kept-content.ts'

/** Gathers the bytes of a stream while they pass, as far as they are kept. */
export class ContentGatherer {
  readonly #parts: Uint8Array[] = []
  #bytes = 0
  #missed = false

  /** Takes a piece; past the limit it is only noted that there was more. */
  add(piece: Uint8Array): void {
    if (piece.length === 0) return
    if (this.#bytes > maximalContentBytes) {
      this.#missed = true
      return
    }
    this.#parts.push(piece)
    this.#bytes += piece.length
  }

  /** What was gathered, as far as its first `upTo` bytes; `null` when that is nothing. */
  kept(upTo = Number.POSITIVE_INFINITY): KeptContent | null {
    const parts: Uint8Array[] = []
    let left = upTo
    for (const part of this.#parts) {
      if (left <= 0) break
      parts.push(part.subarray(0, left))
      left -= part.length
    }
    if (parts.length === 0) return null
    return keptBytes(parts, this.#missed && left > 0)
  }
}
