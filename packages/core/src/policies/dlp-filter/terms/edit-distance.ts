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
  const last = lastRow(term, text.slice(start, start + term.length + most), most)
  let nearest: Nearest | null = null
  last?.forEach((distance, place) => {
    const length = term.length + place - most
    if (distance > most || length < 1 || !mayEnd(start + length)) return
    if (nearest === null || distance <= nearest.distance) nearest = { distance, length }
  })
  return nearest
}

/** Distances of the term from the beginnings of `text` that are `most` shorter than it to `most` longer; `null` when all are too far. */
function lastRow(term: string, text: string, most: number): readonly number[] | null {
  const far = most + 1
  let before: readonly number[] = []
  let last: readonly number[] = Array.from({ length: 2 * most + 1 }, (_, place) =>
    place < most ? far : place - most,
  )
  for (let row = 1; row <= term.length; row += 1) {
    const now = nextRow({ term, text, row, most }, before, last)
    if (now.every((distance) => distance === far)) return null
    before = last
    last = now
  }
  return last
}

interface Row {
  readonly term: string
  readonly text: string
  readonly row: number
  readonly most: number
}

function nextRow(
  { term, text, row, most }: Row,
  before: readonly number[],
  last: readonly number[],
): number[] {
  const far = most + 1
  const now: number[] = []
  for (let place = 0; place <= 2 * most; place += 1) {
    const length = row + place - most
    let distance = length < 0 || length > text.length ? far : (last[place + 1] ?? far) + 1
    if (length > 0 && length <= text.length) {
      const replaced = (last[place] ?? far) + Number(text[length - 1] !== term[row - 1])
      distance = Math.min(distance, replaced, (now[place - 1] ?? far) + 1)
      if (isSwap(term, row, text, length)) distance = Math.min(distance, (before[place] ?? far) + 1)
    }
    now.push(Math.min(distance, far))
  }
  return now
}

/** True when the two characters before a place in the term are those before a place in the text, the other way round. */
function isSwap(term: string, row: number, text: string, length: number): boolean {
  if (row < 2 || length < 2) return false
  return text[length - 1] === term[row - 2] && text[length - 2] === term[row - 1]
}
