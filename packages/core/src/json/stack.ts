/** A stack that is cut off by position. What was cut off stays referenced until it is overwritten: for short lives only. */
export class Stack<T> {
  readonly #values: T[] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  push(value: T): void {
    this.#values[this.#size] = value
    this.#size += 1
  }

  /** Removes everything from position `from` on and returns it. */
  take(from: number): T[] {
    const taken = this.#values.slice(from, this.#size)
    this.#size = from
    return taken
  }

  /** What stands from position `from` on. */
  peek(from: number): readonly T[] {
    return this.#values.slice(from, this.#size)
  }

  /** True when `test` holds for something from position `from` on. */
  some(from: number, test: (value: T) => boolean): boolean {
    for (let index = from; index < this.#size; index += 1) {
      if (test(this.#values[index] as T)) return true
    }
    return false
  }
}
