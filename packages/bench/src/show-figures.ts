import type { Spread } from './statistics.ts'

/** Figures as they are shown: one row for each thing that was measured. */
export interface Table {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** A number with as many decimals as its size is worth; `n/a` for none. */
export function decimals(value: number): string {
  if (Number.isNaN(value)) return 'n/a'
  const size = Math.abs(value)
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3)
}

/** The middle of some measurements, and their range where there was more than one value. */
export function spread({ median, min, max }: Spread): string {
  const range = min === max || Number.isNaN(median) ? '' : ` (${decimals(min)}..${decimals(max)})`
  return decimals(median) + range
}
