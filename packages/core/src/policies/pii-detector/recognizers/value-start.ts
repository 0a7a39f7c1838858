const letterOrDigit = /[\p{L}\p{N}]/u

// What each UTF-16 unit is, found out on first sight: 0 not known, 1 neither letter nor digit, 2 one of them.
const kinds = new Uint8Array(0x10000)

/** True for a letter or digit, given as a UTF-16 unit; halves of pairs are none. */
export function isWordUnit(unit: number): boolean {
  const kind = kinds[unit]
  return kind === 0 ? learn(unit) : kind === 2
}

function learn(unit: number): boolean {
  const isWord = letterOrDigit.test(String.fromCharCode(unit))
  kinds[unit] = isWord ? 2 : 1
  return isWord
}

/** True when a word or number begins with the unit `here` behind the unit `before` (NaN at the beginning of a text). */
export function beginsValue(before: number, here: number): boolean {
  if (!isWordUnit(here)) return false
  // Scripts without spaces between words set codes and numbers directly behind a word.
  return !isWordUnit(before) || (isUnspaced(before) && here < 128)
}

function isUnspaced(unit: number): boolean {
  return unit >= 0x2e80 && unit < 0xd800
}
