import type { JsonEntry, JsonNode, JsonObject, JsonString } from '../json/json-node.ts'

/** An event of a stream, and a text in it. */
export interface EventText {
  readonly source: string
  readonly root: JsonNode
  readonly node: JsonString
}

/**
 * An event like one that came, which brings nothing but `text` at the place of that one's text: for what was held back
 * when the text ends. Names and ids stay away, for clients join what every event brings.
 */
export function restEvent({ source, root, node: target }: EventText, text: string): string {
  return write(root)

  function write(node: JsonNode): string {
    if (node === target) return JSON.stringify(text)
    if (node.kind === 'object') return writeObject(node)
    if (node.kind === 'array') return `[${node.items.filter(leadsThere).map(write).join(',')}]`
    return source.slice(node.start, node.end)
  }

  function writeObject(object: JsonObject): string {
    const entries = object.entries.filter((entry) => stays(entry, object === root))
    return `{${entries.map(writeEntry).join(',')}}`
  }

  function writeEntry({ key, value }: JsonEntry): string {
    const written = key.value === 'finish_reason' ? 'null' : write(value)
    return `${source.slice(key.start, key.end)}:${written}`
  }

  function stays({ key, value }: JsonEntry, atTop: boolean): boolean {
    if (leadsThere(value)) return true
    if (value.kind === 'object' || value.kind === 'array') return false
    return atTop ? !volatile.has(key.value) : placing.has(key.value)
  }

  function leadsThere(node: JsonNode): boolean {
    return node.start <= target.start && node.end >= target.end
  }
}

/** What of an event's own fields belongs to that event alone. */
const volatile = new Set(['usage', 'obfuscation'])

/** What says where the text belongs. */
const placing = new Set(['index', 'type', 'finish_reason'])
