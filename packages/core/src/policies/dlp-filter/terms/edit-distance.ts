/** What a text is away from a term, and how much of the text that is. */
export interface Nearest {
  readonly distance: number
  readonly length: number
}

/**
 * The piece of `text` from `start` on that is nearest to `term`, of those that `mayEnd` allows; of equally near ones the
 * longest. Edits are insertions, deletions, replacements and swaps of neighbours (optimal string alignment). `null` when
 * none is within `most` edits. Time: length of the term × (2 × `most` + 1).
 */
export function nearestFrom(
  term: string,
  { text, start }: { readonly text: string; readonly start: number },
  { most, mayEnd }: { readonly most: number; mayEnd(end: number): boolean },
): Nearest | null {
  const far = most + 1
  // Row i: distance of the first i characters of the term from each piece whose length is i - most … i + most.
  let before: number[] = []
  let last: number[] = Array.from({ length: 2 * most + 1 }, (_, place) => Math.max(0, place - most))
  last.fill(far, 0, most)
  for (let row = 1; row <= term.length; row += 1) {
    const now: number[] = []
    let least = far
    for (let place = 0; place <= 2 * most; place += 1) {
      const length = row + place - most
      const at = start + length - 1
      if (length < 0 || at >= text.length) {
        now.push(far)
        continue
      }
      const removed = (last[place + 1] ?? far) + 1
      const added = length === 0 ? far : (now[place - 1] ?? far) + 1
      const replaced =
        length === 0 ? far : (last[place] ?? far) + Number(text[at] !== term[row - 1])
      const isSwap =
        row > 1 && length > 1 && text[at] === term[row - 2] && text[at - 1] === term[row - 1]
      const swapped = isSwap ? (before[place] ?? far) + 1 : far
      const distance = Math.min(removed, added, replaced, swapped, far)
      least = Math.min(least, distance)
      now.push(distance)
    }
    if (least === far) return null
    before = last
    last = now
  }
  let nearest: Nearest | null = null
  for (let place = 0; place <= 2 * most; place += 1) {
    const distance = last[place] ?? far
    const length = term.length + place - most
    if (distance > most || length < 1 || !mayEnd(start + length)) continue
    if (nearest === null || distance <= nearest.distance) nearest = { distance, length }
  }
  return nearest
}
