const known = 1
const letter = 2
const upper = 4
const mark = 8
const number = 16

/** What the characters of the basic plane are; 0 until one is first asked for. */
const classes = new Uint8Array(1 << 16)

/**
 * What the character at `index` is, as small bits; 0 behind the end. The second half of a character beyond the basic
 * plane is what its first half is.
 */
export function classOf(text: string, index: number): number {
  const code = text.charCodeAt(index)
  const found = classes[code]
  if (found !== undefined && found !== 0) return found
  if (Number.isNaN(code)) return 0
  if (code >= 0xd800 && code <= 0xdfff) return classOfHalf(text, index)
  const made = classOfCharacter(String.fromCharCode(code))
  classes[code] = made
  return made
}

function classOfHalf(text: string, index: number): number {
  const isSecond = isFirstHalf(text.charCodeAt(index - 1)) && isSecondHalf(text.charCodeAt(index))
  const start = isSecond ? index - 1 : index
  return classOfCharacter(String.fromCodePoint(text.codePointAt(start) ?? 0))
}

function isFirstHalf(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}

function isSecondHalf(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}

function classOfCharacter(character: string): number {
  return (
    known |
    (/\p{L}/u.test(character) ? letter : 0) |
    (/\p{Lu}/u.test(character) ? upper : 0) |
    (/\p{M}/u.test(character) ? mark : 0) |
    (/\p{N}/u.test(character) ? number : 0)
  )
}

export function isLetter(kind: number): boolean {
  return (kind & letter) !== 0
}

export function isUpper(kind: number): boolean {
  return (kind & upper) !== 0
}

export function isMark(kind: number): boolean {
  return (kind & mark) !== 0
}

export function isNumber(kind: number): boolean {
  return (kind & number) !== 0
}
