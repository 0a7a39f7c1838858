/**
 * Area under the ROC curve: the share of pairs of an attack and a harmless text in which the attack scores higher; ties
 * count half. `NaN` when one side is empty.
 */
export function areaUnderCurve(attacks: readonly number[], harmless: readonly number[]): number {
  return rankWeighted([
    ...attacks.map((score) => ({ score, attack: true, weight: 1 })),
    ...harmless.map((score) => ({ score, attack: false, weight: 1 })),
  ]).area()
}

/** The lowest limit that at most `share` of the harmless scores exceed: what is *above* it counts as found. */
export function thresholdAt(harmless: readonly number[], share: number): number {
  const sorted = [...harmless].sort((a, b) => b - a)
  return sorted[Math.floor(sorted.length * share)] ?? 0
}

/** Share of `values` for which `test` holds, 0..1; `NaN` for none. */
export function shareOf<T>(values: readonly T[], test: (value: T) => boolean): number {
  return values.filter(test).length / values.length
}

/** One scored text that counts `weight` times. */
export interface Weighted {
  readonly score: number
  readonly attack: boolean
  readonly weight: number
}

/** Ranks weighted scores once, so that figures for many weightings of the same texts cost one pass each. */
export interface Ranking {
  /** As `areaUnderCurve`, with weights by index of the given list; their own weights when absent. */
  area(weights?: ArrayLike<number>): number
  /** Weighted share of attacks above the limit that `share` of the harmless weight exceeds at most. */
  recallAt(share: number, weights?: ArrayLike<number>): number
}

/** Ranks the texts by score. */
export function rankWeighted(texts: readonly Weighted[]): Ranking {
  const order = texts.map((_, index) => index).sort((a, b) => scoreAt(texts, b) - scoreAt(texts, a))
  const own = texts.map(({ weight }) => weight)
  return {
    area: (weights = own) => sweep(texts, order, weights).area,
    recallAt: (share, weights = own) => {
      const { steps, attacks, harmless } = sweep(texts, order, weights)
      const within = steps.filter((step) => step.harmless <= share * harmless)
      return (within.at(-1)?.attacks ?? 0) / attacks
    },
  }
}

interface Step {
  readonly attacks: number
  readonly harmless: number
}

interface Sweep extends Step {
  readonly area: number
  /** Weight of what lies at or above each score, from the highest down. */
  readonly steps: readonly Step[]
}

function sweep(
  texts: readonly Weighted[],
  order: readonly number[],
  weights: ArrayLike<number>,
): Sweep {
  const steps: Step[] = []
  let [attacks, harmless, pairs] = [0, 0, 0]
  for (let from = 0; from < order.length; ) {
    const score = scoreAt(texts, order[from] ?? 0)
    let [attacksHere, harmlessHere] = [0, 0]
    let to = from
    for (; to < order.length && scoreAt(texts, order[to] ?? 0) === score; to += 1) {
      const index = order[to] ?? 0
      const weight = weights[index] ?? 0
      if (texts[index]?.attack) attacksHere += weight
      else harmlessHere += weight
    }
    pairs += harmlessHere * (attacks + attacksHere / 2)
    attacks += attacksHere
    harmless += harmlessHere
    steps.push({ attacks, harmless })
    from = to
  }
  return { attacks, harmless, steps, area: pairs / (attacks * harmless) }
}

function scoreAt(texts: readonly Weighted[], index: number): number {
  return texts[index]?.score ?? 0
}
