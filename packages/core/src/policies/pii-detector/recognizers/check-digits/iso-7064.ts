/** ISO/IEC 7064, MOD 11,10: true when the last digit is the check digit of the others. */
export function passesMod11And10(digits: readonly number[]): boolean {
  let product = 10
  for (const digit of digits.slice(0, -1)) {
    const sum = (digit + product) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return (11 - product) % 10 === digits.at(-1)
}

/** The rest of a decimal number, given by its digits, of any length. */
export function rest(digits: string, modulus: number): number {
  let value = 0
  for (const digit of digits) value = (value * 10 + Number(digit)) % modulus
  return value
}

/** ISO/IEC 7064, MOD 11-2: the check character of a row of digits, `X` for ten. */
export function mod11And2(digits: readonly number[]): string {
  const sum = digits.reduce((value, digit) => (value + digit) * 2, 0) % 11
  const check = (12 - sum) % 11
  return check === 10 ? 'X' : String(check)
}
