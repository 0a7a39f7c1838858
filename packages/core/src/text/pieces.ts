/** Length of the pieces that long texts are read in, in UTF-16 units. */
export const PIECE = 4_096

/**
 * Where a piece that begins at `start` ends: about 4,096 characters on, at most at `limit`, and never inside a surrogate
 * pair.
 */
export function endOfPiece(text: string, start: number, limit: number): number {
  if (limit - start <= PIECE) return limit
  const code = text.charCodeAt(start + PIECE)
  return code >= 0xdc00 && code <= 0xdfff ? start + PIECE - 1 : start + PIECE
}

/** The same, before the first blank from there on, so that no word is cut that is not much longer. */
export function endOfWords(text: string, start: number, limit: number): number {
  const end = endOfPiece(text, start, limit)
  if (end === limit) return limit
  const stretch = text.slice(end, Math.min(limit, end + PIECE))
  const blank = stretch.search(/\s/)
  return blank < 0 ? end : end + blank
}
