import type { Leaf } from '../message/extraction.ts'
import type { Segment } from '../message/segment.ts'

/** A leaf with the segment that policies are shown: frozen, and made anew after an edit. */
export class LeafState {
  readonly leaf: Leaf
  /** True when some policy found something in it. */
  hit = false
  #segment: Segment | null = null

  constructor(leaf: Leaf) {
    this.leaf = leaf
  }

  get segment(): Segment {
    const { strand } = this.leaf
    if (this.#segment?.text !== strand.text) this.#segment = this.#segmentOf(strand.text)
    return this.#segment
  }

  /** The parts of the message that this text is made of, each alone; none when there is only one. */
  parts(): { readonly segment: Segment; readonly start: number }[] {
    if (!this.leaf.hasParts) return []
    const { text, ranges } = this.leaf.strand
    return ranges
      .filter(({ start, end }) => end > start)
      .map(({ start, end }) => ({ segment: this.#segmentOf(text.slice(start, end)), start }))
  }

  #segmentOf(text: string): Segment {
    const { context, kind } = this.leaf
    const { role, field } = context
    return Object.freeze({ address: context.place.address, role, field, kind, text })
  }
}
