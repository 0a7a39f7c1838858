import type { JsonObject } from '../json/json-node.ts'

/** New names for edited keys: two keys of an object may be edited to the same text, and no value may be lost by that. */
export class KeyNames {
  readonly #objects = new Map<JsonObject, { taken: Set<string>; counts: Map<string, number> }>()

  /** `name`, or `name_2`, `name_3`, … when the object has such a key already. */
  free(object: JsonObject, name: string): string {
    const { taken, counts } = this.#namesOf(object)
    let count = counts.get(name) ?? 1
    let free = name
    while (taken.has(free)) {
      count += 1
      free = `${name}_${count}`
    }
    counts.set(name, count)
    taken.add(free)
    return free
  }

  #namesOf(object: JsonObject) {
    let names = this.#objects.get(object)
    if (names === undefined) {
      names = { taken: new Set(object.entries.map(({ key }) => key.value)), counts: new Map() }
      this.#objects.set(object, names)
    }
    return names
  }
}
