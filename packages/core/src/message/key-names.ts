import type { JsonObject } from '../json/json-node.ts'
import { FreeNames } from './free-names.ts'

/** New names for edited keys: two keys of an object may be edited to the same text, and no value may be lost by that. */
export class KeyNames {
  readonly #objects = new Map<JsonObject, FreeNames>()

  /** `name`, or `name_2`, `name_3`, … when the object has such a key already. */
  free(object: JsonObject, name: string): string {
    const known = this.#objects.get(object)
    const names = known ?? new FreeNames(object.entries.map(({ key }) => key.value))
    if (known === undefined) this.#objects.set(object, names)
    return names.free(name)
  }
}
