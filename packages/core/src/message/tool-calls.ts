import type { Place } from '../json/address.ts'
import { atIndex, atKey, rootPlace } from '../json/address.ts'
import { entryOf, stringOf } from '../json/entry-of.ts'
import type { JsonNode, JsonObject, JsonString } from '../json/json-node.ts'
import type { ToolUse } from '../policies/policy.ts'
import { indexUnder } from './walk.ts'

/** A call of a tool, or what an event of a stream adds to one. */
export interface CallPart {
  /** Where the call stands in the whole answer. */
  readonly place: Place
  /** Its name, or a piece of it; `null` when this part has none. */
  readonly name: string | null
  /** Where the name is written, if it is. */
  readonly written: JsonString | null
  /** Its arguments, or a piece of them. */
  readonly text: string
}

/** A call of an answer as policies look at it. */
export function calledTool({ name, text, place }: Omit<CallPart, 'written'>): ToolUse {
  return { use: 'called', name: name ?? '', arguments: text, address: place.address }
}

/** The calls in a message, or in what an event adds to it. */
export function callsOfMessage(
  message: JsonObject,
  place: Place,
  source: string,
): readonly CallPart[] {
  const calls = entryOf(message, 'tool_calls')
  const single = entryOf(message, 'function_call')
  const content = entryOf(message, 'content')
  const list = listOf(calls).flatMap((call, position) => {
    const index = call.kind === 'object' ? indexUnder(call, 'index', source) : null
    const at = atIndex(atKey(place, 'tool_calls'), index ?? position)
    return partsOfCall(call, at, source)
  })
  const parts = listOf(content).flatMap((part, at) =>
    part.kind === 'object' && stringOf(part, 'type') === 'tool_use'
      ? partsOfCall(part, atIndex(atKey(place, 'content'), at), source)
      : [],
  )
  const old =
    single === undefined || single.kind === 'null'
      ? []
      : partsOfCall(single, atKey(place, 'function_call'), source)
  return [...list, ...old, ...parts]
}

/** The call that an item of the Responses API is; a built-in tool is named by its type without `_call`. */
export function callsOfItem(item: JsonObject, place: Place, source: string): readonly CallPart[] {
  const type = stringOf(item, 'type') ?? ''
  if (!isCallItem(type)) return []
  const name = entryOf(item, 'name')
  const named = name?.kind === 'string' && name.value !== '' ? name : null
  const text = textOfCall(item, source)
  const own = { place, name: named?.value ?? null, written: named, text }
  if (isNamedKind.has(type)) return [own]
  const builtIn = { place, name: type.replace(/_call$/, ''), written: null, text }
  // A call of a built-in tool that says a name too is judged by both.
  return named === null ? [builtIn] : [builtIn, own]
}

/** Kinds of calls whose tool has a name of its own. */
const isNamedKind = new Set([
  ...['function_call', 'custom_tool_call', 'mcp_call', 'mcp_approval_request', 'tool_use'],
])

/** True for the type of an item that calls a tool. */
function isCallItem(type: string): boolean {
  return type.endsWith('_call') || type === 'mcp_approval_request' || type === 'tool_use'
}

/** Every call in a whole answer of any API. */
export function callsOfAnswer(root: JsonNode, source: string): readonly CallPart[] {
  return [...growingCalls(root, source), ...wholeCalls(root, source)]
}

/** The calls in messages, and what an event of a chat stream adds to them. */
export function growingCalls(root: JsonNode, source: string): readonly CallPart[] {
  if (root.kind !== 'object') return []
  const choices = listOf(entryOf(root, 'choices')).flatMap((choice, position) => {
    if (choice.kind !== 'object') return []
    const index = indexUnder(choice, 'index', source) ?? position
    return messagesIn(choice, atIndex(atKey(rootPlace, 'choices'), index), source)
  })
  return [...choices, ...messagesIn(root, rootPlace, source)]
}

/** The calls that stand whole in a response or a list of messages. */
export function wholeCalls(root: JsonNode, source: string): readonly CallPart[] {
  if (root.kind !== 'object') return []
  const response = entryOf(root, 'response')
  const holders = response?.kind === 'object' ? [root, response] : [root]
  return holders.flatMap((holder) =>
    ['messages', 'output'].flatMap((key) =>
      listOf(entryOf(holder, key)).flatMap((item, at) =>
        callsAt(item, atIndex(atKey(rootPlace, key), at), source),
      ),
    ),
  )
}

function messagesIn(holder: JsonObject, place: Place, source: string): readonly CallPart[] {
  return ['message', 'delta'].flatMap((key) => {
    const message = entryOf(holder, key)
    if (message?.kind !== 'object') return []
    // Agents of MLflow stream several messages, each with its id.
    const id = place === rootPlace ? stringOf(message, 'id') : null
    const at = atKey(place, 'message')
    return callsAt(message, id === null ? at : atKey(at, id), source)
  })
}

/** The calls in a message or an item. */
export function callsAt(node: JsonNode, place: Place, source: string): readonly CallPart[] {
  if (node.kind !== 'object') return []
  return [...callsOfMessage(node, place, source), ...callsOfItem(node, place, source)]
}

function partsOfCall(call: JsonNode, place: Place, source: string): readonly CallPart[] {
  if (call.kind !== 'object')
    return [{ place, name: null, written: null, text: source.slice(call.start, call.end) }]
  const inside = ['function', 'custom']
    .map((key) => entryOf(call, key))
    .filter((node) => node?.kind === 'object')
  const holders = [call, ...inside].filter((node) => node?.kind === 'object')
  const names = holders.flatMap((holder) => {
    const name = entryOf(holder, 'name')
    return name?.kind === 'string' && name.value !== '' ? [name] : []
  })
  const text = holders.map((holder) => textOfCall(holder, source)).join('')
  return names.length === 0
    ? [{ place, name: null, written: null, text }]
    : names.map((written) => ({ place, name: written.value, written, text }))
}

/** Where calls say what the tool is to do. */
const argumentKeys = ['arguments', 'input', 'code', 'action', 'operation', 'queries']

function textOfCall(call: JsonObject, source: string): string {
  return argumentKeys
    .map((key) => entryOf(call, key))
    .map((node) => {
      if (node === undefined || node.kind === 'null') return ''
      return node.kind === 'string' ? node.value : source.slice(node.start, node.end)
    })
    .join('')
}

function listOf(node: JsonNode | undefined): readonly JsonNode[] {
  if (node === undefined || node.kind === 'null') return []
  return node.kind === 'array' ? node.items : [node]
}
