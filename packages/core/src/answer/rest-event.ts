import type { JsonEntry, JsonNode, JsonObject, JsonString } from '../json/json-node.ts'

/** An event of a stream, and a text in it. */
export interface EventText {
  readonly source: string
  readonly root: JsonNode
  readonly node: JsonString
}

/** What stands before and behind the text of an event that brings nothing else. */
export interface RestFrame {
  readonly before: string
  readonly after: string
}

/** The event that brings `text`. */
export function restEvent({ before, after }: RestFrame, text: string): string {
  return before + JSON.stringify(text) + after
}

/**
 * The frame of an event like one that came, which brings nothing but a text at the place of that one's text: for what was
 * held back when the text ends. Names and ids stay away, for clients join what every event brings.
 */
export function restFrame({ source, root, node: target }: EventText): RestFrame {
  const [before = '', after = ''] = write(root).split(gap)
  return { before, after }

  function write(node: JsonNode): string {
    if (node === target) return gap
    if (node.kind === 'object') return writeObject(node)
    if (node.kind === 'array') return `[${node.items.filter(leadsThere).map(write).join(',')}]`
    return source.slice(node.start, node.end)
  }

  function writeObject(object: JsonObject): string {
    const entries = object.entries.filter((entry) => stays(entry, object === root))
    return `{${entries.map(writeEntry).join(',')}}`
  }

  function writeEntry({ key, value }: JsonEntry): string {
    const empty = value.kind === 'array' ? '[]' : 'null'
    return `${source.slice(key.start, key.end)}:${emptied.has(key.value) ? empty : write(value)}`
  }

  function stays({ key, value }: JsonEntry, atTop: boolean): boolean {
    if (leadsThere(value) || emptied.has(key.value)) return true
    if (value.kind === 'object' || value.kind === 'array') return false
    if (value.kind === 'string') return (atTop ? naming : placing).has(key.value)
    return atTop || placing.has(key.value)
  }

  function leadsThere(node: JsonNode): boolean {
    return node.start <= target.start && node.end >= target.end
  }
}

/** Stands in no JSON text. */
const gap = '\u0000'

/** What names the answer in each of its events; any other string may be a text, which was edited in the event itself. */
const naming = new Set([
  ...['id', 'object', 'model', 'system_fingerprint', 'service_tier', 'type', 'item_id'],
])

/** What says where the text belongs. */
const placing = new Set(['index', 'type'])

/** What clients expect to be there, and is not said of this text. */
const emptied = new Set(['finish_reason', 'logprobs'])
