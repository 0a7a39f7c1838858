import { Buffer } from 'node:buffer'

/** A text that is kept with an event of a call. */
export interface KeptContent {
  /** UTF-8. */
  readonly bytes: Uint8Array
  /** Whether it is only the first part. */
  readonly truncated: boolean
}

/**
 * What is kept of one text at most, in bytes: some 250,000 tokens of English. What is longer is nearly always a file inside the
 * request. Each text is held in memory until it is on the disk, where it lies in one row.
 */
export const maximalContentBytes = 1_048_576

/** What is kept of a whole text. */
export function keptText(text: string): KeptContent {
  // No character of UTF-16 is shorter in UTF-8: what follows would be cut off anyway.
  const bytes = Buffer.from(text.slice(0, maximalContentBytes), 'utf8')
  return cut(bytes, text.length > maximalContentBytes)
}

/** What is kept of the bytes of a stream, which may be only its beginning. */
export function keptBytes(parts: readonly Uint8Array[], truncated: boolean): KeptContent {
  return cut(Buffer.concat(parts), truncated)
}

function cut(bytes: Uint8Array, truncated: boolean): KeptContent {
  if (bytes.length <= maximalContentBytes) return { bytes, truncated }
  let end = maximalContentBytes
  // Bytes of the form 10xxxxxx go on with a character (RFC 3629 §3).
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return { bytes: bytes.subarray(0, end), truncated: true }
}
