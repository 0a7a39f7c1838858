/** A range of UTF-16 code units of a text and what takes its place. */
export interface Replacement {
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * Replaces ranges that do not overlap; everything between them stays as it is (decision T1).
 * @throws RangeError when ranges overlap or lie outside the text: the caller is broken, and a guess could corrupt a body
 */
export function spliceJson(source: string, replacements: readonly Replacement[]): string {
  if (replacements.length === 0) return source
  const pieces: string[] = []
  let at = 0
  for (const { start, end, text } of [...replacements].sort((a, b) => a.start - b.start)) {
    if (!(start >= at && end >= start && end <= source.length))
      throw new RangeError(`cannot splice ${start}..${end} after ${at} of ${source.length}`)
    pieces.push(source.slice(at, start), text)
    at = end
  }
  pieces.push(source.slice(at))
  return pieces.join('')
}
