/** The sum of digits times weights; digits beyond the weights count nothing. */
export function weightedSum(digits: readonly number[], weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * (digits[index] ?? 0), 0)
}

/** The sum of the decimal digits of each product of digit and weight. */
export function crossSum(digits: readonly number[], weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => {
    const product = weight * (digits[index] ?? 0)
    return sum + Math.floor(product / 10) + (product % 10)
  }, 0)
}

/** True when all characters are the same: such numbers pass many checks and are nobody's. */
export function isRepeated(digits: readonly number[]): boolean {
  return digits.every((digit) => digit === digits[0])
}
