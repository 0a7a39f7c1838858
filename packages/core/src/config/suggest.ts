/**
 * The candidate that somebody who wrote `word` most likely meant, or `null`. Case and `-`/`_` do not count;
 * otherwise at most one edit per three characters.
 */
export function closest(word: string, candidates: readonly string[]): string | null {
  const wanted = fold(word)
  if (wanted.length > 100) return null
  let best: string | null = null
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1
  for (const candidate of candidates) {
    const distance = editDistance(wanted, fold(candidate))
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** `Did you mean "x"?`, or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const found = closest(word, candidates)
  return found === null ? undefined : `Did you mean ${JSON.stringify(found)}?`
}

function fold(word: string): string {
  return word.toLowerCase().replaceAll(/[-_\s]/g, '')
}

/** Optimal string alignment: Wagner and Fischer's rows, a swap of neighbours counts as one edit. */
function editDistance(a: string, b: string): number {
  let before: readonly number[] = []
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = isSwap(a, b, { i, j }) ? at(before, j - 2) + 1 : replaced
      next.push(Math.min(replaced, swapped, at(row, j) + 1, at(next, j - 1) + 1))
    }
    before = row
    row = next
  }
  return at(row, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? 0
}

function isSwap(a: string, b: string, { i, j }: { readonly i: number; readonly j: number }) {
  return i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
}
