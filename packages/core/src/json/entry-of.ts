import type { JsonNode, JsonObject } from './json-node.ts'

/** The value under a key of an object: the first one, should the key occur twice. */
export function entryOf(object: JsonObject, key: string): JsonNode | undefined {
  return object.entries.find((entry) => entry.key.value === key)?.value
}

/** The text under a key; `null` when there is none or it is not a string. */
export function stringOf(object: JsonObject, key: string): string | null {
  const value = entryOf(object, key)
  return value?.kind === 'string' ? value.value : null
}
