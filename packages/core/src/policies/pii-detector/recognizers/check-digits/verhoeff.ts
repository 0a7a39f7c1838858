// The dihedral group of order ten as a table, and the permutation of J. Verhoeff (Error Detecting Decimal Codes, 1969).
const group = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
]
const permutations = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
]

/** True when the last of a row of digits is the Verhoeff check digit of the others. */
export function passesVerhoeff(digits: readonly number[]): boolean {
  let check = 0
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits[digits.length - 1 - index] ?? 0
    const moved = Number(permutations[index % 8]?.[digit])
    check = Number(group[check]?.[moved])
  }
  return check === 0
}
