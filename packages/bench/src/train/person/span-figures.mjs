// How well found spans fit marked ones.

/** Counts of one set of rows; `add` takes the names of a row and what was found in it. */
export class SpanCounts {
  #marked = 0
  #found = 0
  #exact = 0
  #hit = 0
  #right = 0

  add(marked, found) {
    const overlaps = (a, b) => a.start < b.end && b.start < a.end
    this.#marked += marked.length
    this.#found += found.length
    this.#exact += marked.filter((a) =>
      found.some((b) => a.start === b.start && a.end === b.end),
    ).length
    this.#hit += marked.filter((a) => found.some((b) => overlaps(a, b))).length
    this.#right += found.filter((b) => marked.some((a) => overlaps(a, b))).length
  }

  /** Precision, recall and F1 (thousandths) for exact spans and for spans that overlap. */
  figures() {
    const strict = scores(this.#exact, this.#exact, this.#found, this.#marked)
    const overlap = scores(this.#right, this.#hit, this.#found, this.#marked)
    return { names: this.#marked, strict, overlap }
  }
}

function scores(right, hit, found, marked) {
  const precision = found === 0 ? 1 : right / found
  const recall = marked === 0 ? 1 : hit / marked
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  const thousandths = (share) => Math.round(1000 * share)
  return { precision: thousandths(precision), recall: thousandths(recall), f1: thousandths(f1) }
}
