import type { Place } from '../json/address.ts'
import { atIndex, atKey, rootPlace } from '../json/address.ts'
import { entryOf, stringOf } from '../json/entry-of.ts'
import type { JsonNode, JsonObject } from '../json/json-node.ts'
import type { ToolUse } from '../policies/policy.ts'
import { callsOfItem, callsOfMessage } from './tool-calls.ts'

/** A body, or an event of a stream, with its tree. */
export interface JsonText {
  readonly source: string
  readonly root: JsonNode
}

/**
 * The tools of a request, in whatever API's fields it names them: offered, forced, and called in earlier turns. One that
 * is written under several names is there under each of them.
 */
export function toolsOfRequest({ source, root }: JsonText): readonly ToolUse[] {
  if (root.kind !== 'object') return []
  const under = (key: string, read: (node: JsonNode, place: Place) => readonly ToolUse[]) => {
    const node = entryOf(root, key)
    return node === undefined || node.kind === 'null' ? [] : read(node, atKey(rootPlace, key))
  }
  const earlier = (node: JsonNode, place: Place) => earlierCalls(node, place, source)
  return [
    ...under('tools', offered),
    ...under('functions', offered),
    ...under('web_search_options', (_, place) => [plainUse('offered', 'web_search', place)]),
    ...under('tool_choice', forced),
    ...under('function_call', forced),
    ...['instructions', 'messages', 'input'].flatMap((key) => under(key, earlier)),
  ]
}

function plainUse(use: 'offered' | 'forced', name: string, { address }: Place): ToolUse {
  return { use, name, arguments: null, address }
}

function offered(node: JsonNode, place: Place): readonly ToolUse[] {
  if (node.kind === 'array')
    return node.items.flatMap((item, at) => offered(item, atIndex(place, at)))
  return namesOf(node).map((name) => plainUse('offered', name, place))
}

/** What a choice may say that names no tool. */
const modes = new Set(['auto', 'none', 'required', 'any', 'validated'])

function forced(node: JsonNode, place: Place): readonly ToolUse[] {
  if (node.kind === 'string')
    return modes.has(node.value) ? [] : [plainUse('forced', node.value, place)]
  if (node.kind !== 'object' || modes.has(stringOf(node, 'type') ?? '')) return []
  const among = [node, entryOf(node, 'allowed_tools')].flatMap((one) => {
    const list = one?.kind === 'object' ? entryOf(one, 'tools') : undefined
    return list?.kind === 'array' ? list.items : []
  })
  const named = stringOf(node, 'type') === 'allowed_tools' ? among : [node, ...among]
  return named.flatMap(namesOf).map((name) => plainUse('forced', name, place))
}

/** Every name that a definition or a choice gives a tool; a built-in one is named by its type. */
function namesOf(node: JsonNode): readonly string[] {
  if (node.kind === 'string') return [node.value]
  if (node.kind !== 'object') return ['']
  const type = stringOf(node, 'type')
  const nested = entryOf(node, 'tools')
  if (nested?.kind === 'array') return nested.items.flatMap(namesOf)
  if (type === 'mcp') return namesAtServer(node)
  const inside = ['function', 'custom'].flatMap((key) => {
    const value = entryOf(node, key)
    return value?.kind === 'object' ? [stringOf(value, 'name')] : []
  })
  const names = [stringOf(node, 'name'), ...inside].filter((name) => name !== null)
  const isBuiltIn = type !== null && type !== 'function' && type !== 'custom'
  // A built-in tool may have a name beside its type; what it can do hangs on the type.
  if (isBuiltIn) return [...new Set([type, ...names])]
  return names.length === 0 ? [''] : [...new Set(names)]
}

/** The tools of an MCP server: those that the request names, or `mcp:<label>` for whatever the server has. */
function namesAtServer(node: JsonObject): readonly string[] {
  const own = stringOf(node, 'name')
  if (own !== null) return [own]
  const allowed = entryOf(node, 'allowed_tools')
  const list = allowed?.kind === 'object' ? entryOf(allowed, 'tool_names') : allowed
  if (list?.kind === 'array')
    return list.items.map((item) => (item.kind === 'string' ? item.value : ''))
  return [`mcp:${stringOf(node, 'server_label') ?? ''}`]
}

function earlierCalls(node: JsonNode, place: Place, source: string): readonly ToolUse[] {
  const items =
    node.kind === 'array'
      ? node.items.map((item, at) => ({ item, at: atIndex(place, at) }))
      : [{ item: node, at: place }]
  return items
    .flatMap(({ item, at }) =>
      item.kind === 'object'
        ? [...callsOfMessage(item, at, source), ...callsOfItem(item, at, source)]
        : [],
    )
    .map(({ name, text, place: { address } }) => ({
      ...{ use: 'earlier' as const, name: name ?? '', arguments: text, address },
    }))
}
