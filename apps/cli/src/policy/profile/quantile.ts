/** The value that the share `p` (0..1) of `values` does not exceed (nearest rank); 0 for none. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * p) - 1)] ?? 0
}

/** The value in the middle; 0 for none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}
