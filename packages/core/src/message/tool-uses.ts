import type { Place } from '../json/address.ts'
import { atIndex, atKey, rootPlace } from '../json/address.ts'
import { entryOf, stringOf } from '../json/entry-of.ts'
import type { JsonNode, JsonObject } from '../json/json-node.ts'
import { scanJson } from '../json/scan-json.ts'
import type { ToolUse } from '../policies/policy.ts'
import { findCalls } from './tool-calls.ts'

/**
 * The tools of a request, in the order of its body: those it offers, the one it forces, and those that earlier turns called.
 * One table serves all APIs, because a body may carry the fields of another one, and some servers read them.
 */
export function toolsOfRequest(root: JsonNode, source: string): readonly ToolUse[] {
  if (root.kind !== 'object') return []
  return root.entries.flatMap(({ key, value }) => {
    const place = atKey(rootPlace, key.value)
    if (key.value === 'tools' || key.value === 'functions')
      return itemsAt(value, place).flatMap(([tool, at]) => usesOf(tool, at, 'offered'))
    if (key.value === 'tool_choice' || key.value === 'function_call')
      return usesOf(value, place, 'forced')
    return [
      ...listedTools(value, place),
      ...findCalls(value, { source, place, indexed: false }).map((call) => useOf(call, 'earlier')),
    ]
  })
}

/** The calls of a whole answer, in the order of its body. */
export function callsOfAnswer(source: string): readonly ToolUse[] {
  const root = scanJson(source, { duplicateKeys: 'allow', loneSurrogates: 'allow' })
  return findCalls(root, { source, indexed: false }).map((call) => useOf(call, 'called'))
}

function useOf(call: ReturnType<typeof findCalls>[number], use: ToolUse['use']): ToolUse {
  const { name, kind, arguments: given, place } = call
  return { use, name: name?.value ?? kind, arguments: given ?? '', address: place.address }
}

function itemsAt(node: JsonNode, place: Place): (readonly [JsonNode, Place])[] {
  const items = node.kind === 'array' ? node.items : [node]
  return items.map((item, index) => [item, atIndex(place, index)] as const)
}

/** Tools that a server of an earlier turn listed (`mcp_list_tools`): the model may call them. */
function listedTools(input: JsonNode, place: Place): ToolUse[] {
  if (input.kind !== 'array') return []
  return input.items.flatMap((item, index) => {
    const tools = item.kind === 'object' ? entryOf(item, 'tools') : undefined
    if (tools === undefined) return []
    const at = atKey(atIndex(place, index), 'tools')
    return itemsAt(tools, at).flatMap(([tool, toolAt]) => usesOf(tool, toolAt, 'offered'))
  })
}

/** A definition or a choice may name several tools: each name counts, because servers differ in the one they read. */
function usesOf(tool: JsonNode, place: Place, use: 'offered' | 'forced'): ToolUse[] {
  if (tool.kind === 'null') return []
  if (tool.kind === 'string' && choiceWords.has(tool.value) && use === 'forced') return []
  const names = tool.kind === 'object' ? namesOf(tool) : [tool.kind === 'string' ? tool.value : '']
  const own = [...new Set(names)].map((name): ToolUse => {
    return { use, name, arguments: null, address: place.address }
  })
  return [...own, ...(tool.kind === 'object' ? nestedUses(tool, place, use) : [])]
}

const choiceWords = new Set(['auto', 'none', 'required', 'any'])

/** Types that say how a tool is described, and nothing about which one it is. */
const plainTypes = new Set([
  ...['function', 'custom', 'mcp', 'namespace', 'allowed_tools', 'tool'],
  ...['auto', 'none', 'required', 'any'],
])

function namesOf(tool: JsonObject): readonly string[] {
  const type = stringOf(tool, 'type')
  const inner = ['function', 'custom'].flatMap((key) => {
    const value = entryOf(tool, key)
    return value?.kind === 'object' ? [stringOf(value, 'name') ?? ''] : []
  })
  const own = ['name', 'server_label'].flatMap((key) => stringOf(tool, key) ?? [])
  const kind = type === null || plainTypes.has(type) ? [] : [type]
  const names = [...inner, ...own, ...kind]
  if (names.length > 0) return names
  // A list of tools, or a word for how to choose, names none itself.
  const namesNone = type !== null && type !== 'function' && type !== 'custom' && type !== 'tool'
  return namesNone || entryOf(tool, 'mode') !== undefined ? [] : ['']
}

/** Tools inside one: those of a namespace, those that a choice allows, those of a server that are allowed. */
function nestedUses(tool: JsonObject, place: Place, use: 'offered' | 'forced'): ToolUse[] {
  return ['tools', 'allowed_tools', 'tool_names'].flatMap((key) => {
    const value = entryOf(tool, key)
    if (value === undefined || value.kind === 'null') return []
    const at = atKey(place, key)
    if (value.kind === 'object') return nestedUses(value, at, use)
    return itemsAt(value, at).flatMap(([item, itemAt]) => usesOf(item, itemAt, use))
  })
}
