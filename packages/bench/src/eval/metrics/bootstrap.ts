import { seededRandom } from './seeded-random.ts'

/** A figure with the interval in which 95 % of the resamples lie. */
export interface Interval {
  readonly value: number
  readonly low: number
  readonly high: number
}

/**
 * Percentile bootstrap that draws whole groups, because texts of one source resemble each other and an interval over
 * single texts would be too narrow. `statistic` gets how often each text counts. Resamples without a value (`NaN`: no attack
 * drawn, say) are left out.
 */
export function bootstrapByGroup(
  groups: readonly string[],
  statistic: (weights: ArrayLike<number>) => number,
  { resamples = 1000, seed = 42 }: { readonly resamples?: number; readonly seed?: number } = {},
): Interval {
  const names = [...new Set(groups)]
  const numbers = new Map(names.map((name, index) => [name, index]))
  const groupOfText = groups.map((name) => numbers.get(name) ?? 0)
  const random = seededRandom(seed)
  const values: number[] = []
  for (let round = 0; round < resamples; round++) {
    const drawn = new Float64Array(names.length)
    for (let draw = 0; draw < names.length; draw++) {
      const index = Math.floor(random() * names.length)
      drawn[index] = (drawn[index] ?? 0) + 1
    }
    const value = statistic(groupOfText.map((group) => drawn[group] ?? 0))
    if (!Number.isNaN(value)) values.push(value)
  }
  values.sort((a, b) => a - b)
  const at = (share: number) => values[Math.floor(share * (values.length - 1))] ?? Number.NaN
  return { value: statistic(groups.map(() => 1)), low: at(0.025), high: at(0.975) }
}
