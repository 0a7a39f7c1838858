/** The word closest to what was typed, or `null` when none is close enough to be meant. */
export function didYouMean(typed: string, words: readonly string[]): string | null {
  const ranked = words
    .map((word) => ({ word, distance: editDistance(typed.toLowerCase(), word) }))
    .sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  const limit = Math.max(2, Math.floor(typed.length / 3))
  return best !== undefined && best.distance <= limit ? best.word : null
}

/** Insertions, deletions and replacements that turn `a` into `b` (Wagner and Fischer 1974). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
