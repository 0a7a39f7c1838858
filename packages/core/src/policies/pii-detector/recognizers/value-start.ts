/** ASCII letters and digits. */
const wordUnits = new Uint8Array(128)
for (const character of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')
  wordUnits[character.charCodeAt(0)] = 1

const letterOrDigit = /[\p{L}\p{N}]/u

/** True for a letter or digit, given as a UTF-16 unit; of a pair its second half is none. */
export function isWordUnit(unit: number): boolean {
  if (unit < 128) return wordUnits[unit] === 1
  return letterOrDigit.test(String.fromCharCode(unit))
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
