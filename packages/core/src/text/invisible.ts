/**
 * Code points that show nothing and can split or smuggle words: default-ignorable format characters, bidirectional
 * controls, fillers, variation selectors, the tag block. First and last of each range (Unicode Default_Ignorable_Code_Point).
 */
const RANGES: readonly (readonly [first: number, last: number])[] = [
  [0x00ad, 0x00ad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
]

/** True for a code point that no reader sees; lone surrogates and ordinary spaces are not invisible. */
export function isInvisible(point: number): boolean {
  if (point < 0xad) return false
  for (const [first, last] of RANGES) {
    if (point < first) return false
    if (point <= last) return true
  }
  return false
}
