/** First in, first out, of a fixed size: what is put into a full one pushes the oldest out. All in constant time. */
export class DropQueue<T> {
  readonly #slots: (T | undefined)[]
  #head = 0
  #length = 0

  /** Room for `capacity` items, at least one. */
  constructor(capacity: number) {
    this.#slots = new Array<T | undefined>(capacity).fill(undefined)
  }

  get length(): number {
    return this.#length
  }

  /** Adds an item at the end. Returns false when the oldest one was dropped for it. */
  push(item: T): boolean {
    const isFull = this.#length === this.#slots.length
    if (isFull) this.#shift()
    this.#slots[(this.#head + this.#length) % this.#slots.length] = item
    this.#length += 1
    return !isFull
  }

  /** Takes up to `count` items from the front. */
  take(count: number): T[] {
    const taken: T[] = []
    while (taken.length < count && this.#length > 0) {
      const item = this.#shift()
      if (item !== undefined) taken.push(item)
    }
    return taken
  }

  #shift(): T | undefined {
    const item = this.#slots[this.#head]
    this.#slots[this.#head] = undefined
    this.#head = (this.#head + 1) % this.#slots.length
    this.#length -= 1
    return item
  }
}
