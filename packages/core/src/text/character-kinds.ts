/** What a UTF-16 unit is to the readings of letters. */
export const characterKind = { other: 0, letter: 1, digit: 2, space: 3 } as const

const UNKNOWN = 255
const kinds = new Uint8Array(0x10000).fill(UNKNOWN)

/** The kind of one unit, looked up once; marks count as letters, halves of surrogate pairs as others. */
export function kindOfCharacter(code: number): number {
  const known = kinds[code] ?? UNKNOWN
  if (known !== UNKNOWN) return known
  const character = String.fromCharCode(code)
  let kind: number = characterKind.other
  if (/[\p{L}\p{M}]/u.test(character)) kind = characterKind.letter
  else if (/\p{N}/u.test(character)) kind = characterKind.digit
  else if (/[\s\u2800]/.test(character)) kind = characterKind.space
  kinds[code] = kind
  return kind
}

/** True for a letter, mark or digit at `index`. */
export function isTokenAt(text: string, index: number): boolean {
  if (index >= text.length) return false
  const kind = kindOfCharacter(text.charCodeAt(index))
  return kind === characterKind.letter || kind === characterKind.digit
}
