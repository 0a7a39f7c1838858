/** Share of pairs in which the attack scores higher (ties count half). */
export function areaUnderCurve(attacks, harmless) {
  const all = [...attacks.map((s) => [s, 1]), ...harmless.map((s) => [s, 0])].sort(
    (a, b) => a[0] - b[0],
  )
  let ranks = 0
  for (let from = 0; from < all.length; ) {
    let to = from
    while (to < all.length && all[to][0] === all[from][0]) to += 1
    for (let index = from; index < to; index++)
      if (all[index][1] === 1) ranks += (from + to + 1) / 2
    from = to
  }
  const n = attacks.length
  return (ranks - (n * (n + 1)) / 2) / (n * harmless.length)
}

/** The score that `share` of the harmless texts exceed. */
export function thresholdAt(harmless, share) {
  const sorted = [...harmless].sort((a, b) => b - a)
  return sorted[Math.floor(sorted.length * share)] ?? 0
}

/** Share of `scores` for which `test` holds, in percent with one decimal. */
export function percent(scores, test) {
  return scores.length === 0
    ? 0
    : Math.round((1000 * scores.filter(test).length) / scores.length) / 10
}
