import type { JsonEntry } from './json-node.ts'
import type { Stack } from './stack.ts'

const few = 8

/** Finds a key that an object has already. Most objects have a few keys: those are compared, only larger ones get a `Set`. */
export class SeenKeys {
  #seen: Set<string> | null = null

  /** True when `key` is among the entries from position `from` on: those of one object, which grows between the calls. */
  has(key: string, entries: Stack<JsonEntry>, from: number): boolean {
    if (this.#seen === null && entries.size - from < few)
      return entries.some(from, (entry) => entry.key.value === key)
    this.#seen ??= new Set(entries.peek(from).map((entry) => entry.key.value))
    const size = this.#seen.size
    return this.#seen.add(key).size === size
  }
}
