/** True for a whole number of as many digits as a social security number or more, and no more than any card has. */
export function isLongNumber(written: string): boolean {
  return /^-?[0-9]{9,19}$/.test(written)
}
