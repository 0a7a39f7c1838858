/** The middle of some measurements and how far they reach. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** The middle of a list of numbers, between the two middle ones of an even number of them; NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const upper = Math.floor(sorted.length / 2)
  const lower = sorted.length % 2 === 0 ? upper - 1 : upper
  return ((sorted[lower] ?? Number.NaN) + (sorted[upper] ?? Number.NaN)) / 2
}

/** The middle of a list of numbers with the smallest and the largest of them; all NaN for none. */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) return { median: Number.NaN, min: Number.NaN, max: Number.NaN }
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) }
}

/** The value below which the share `p` (0..1) of a sorted list lies; NaN for none. */
export function percentile(sorted: ArrayLike<number>, p: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN
}

/** The slope of the straight line through points that has the least squares of vertical distances; NaN for fewer than two points. */
export function slopeOf(points: readonly { readonly x: number; readonly y: number }[]): number {
  const mean = (pick: (point: { readonly x: number; readonly y: number }) => number) =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length
  const middle = { x: mean(({ x }) => x), y: mean(({ y }) => y) }
  const sums = points.reduce(
    ({ xy, xx }, { x, y }) => ({
      xy: xy + (x - middle.x) * (y - middle.y),
      xx: xx + (x - middle.x) ** 2,
    }),
    { xy: 0, xx: 0 },
  )
  return sums.xy / sums.xx
}
