/** What came of the scores in one range. */
export interface CalibrationBin {
  /** Scores from here on, up to the next bin. */
  readonly from: number
  readonly count: number
  readonly meanScore: number
  /** Share of attacks among them. */
  readonly attacks: number
}

/** Reliability of scores in [0, 1]: bins of the same width, empty ones left out. A calibrated score equals the share of attacks. */
export function calibrationCurve(
  texts: readonly { readonly score: number; readonly attack: boolean }[],
  bins = 10,
): CalibrationBin[] {
  const members = Array.from({ length: bins }, () => ({ count: 0, sum: 0, attacks: 0 }))
  for (const { score, attack } of texts) {
    const bin = members[Math.min(bins - 1, Math.floor(score * bins))]
    if (bin === undefined) continue
    bin.count += 1
    bin.sum += score
    if (attack) bin.attacks += 1
  }
  return members.flatMap(({ count, sum, attacks }, index) =>
    count === 0
      ? []
      : [{ from: index / bins, count, meanScore: sum / count, attacks: attacks / count }],
  )
}
