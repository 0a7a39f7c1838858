import type { Place } from '../json/address.ts'
import { atIndex, atKey, rootPlace } from '../json/address.ts'
import { entryOf, stringOf } from '../json/entry-of.ts'
import type { JsonNode, JsonObject, JsonString } from '../json/json-node.ts'
import { indexUnder } from './walk.ts'

/** A call of a tool that stands in a body, or the piece of one that an event of a stream brings. */
export interface FoundCall {
  readonly place: Place
  /** Which of the ways to write a call at its place: `function`, `custom`, or the place itself. */
  readonly slot: 'function' | 'custom' | 'itself'
  readonly name: JsonString | null
  /** What a call without a name is named by: the kind of a tool that the server has, as in `web_search`. */
  readonly kind: string
  /** As they are written; `null` when there are none. */
  readonly arguments: string | null
}

export interface CallSource {
  readonly source: string
  /** Where the value stands that is looked through; default the body itself. */
  readonly place?: Place
  /** True for an event of a stream: items say themselves which one they are, by `index`. */
  readonly indexed: boolean
}

/**
 * Finds every call of a tool in a value, wherever it stands: what a client could read as a call in some API, it reads by
 * these keys and types.
 */
export function findCalls(root: JsonNode, { source, place, indexed }: CallSource): FoundCall[] {
  const calls: FoundCall[] = []
  walk(root, place ?? rootPlace)
  return calls

  function walk(node: JsonNode, at: Place): void {
    if (node.kind === 'array') {
      for (const [index, item] of node.items.entries()) walk(item, placeOf(item, index, at))
    } else if (node.kind === 'object') {
      const type = stringOf(node, 'type') ?? ''
      if (isCallType(type)) readCall(node, at, 'itself', type)
      walkEntries(node, at)
    }
  }

  function walkEntries(object: JsonObject, at: Place): void {
    for (const { key, value } of object.entries) {
      // The pieces of a stream stand where the message of a plain answer stands.
      const name = indexed && key.value === 'delta' ? 'message' : key.value
      if (!apart.has(name)) readEntry(name, value, atKey(at, name))
    }
  }

  function readEntry(name: string, value: JsonNode, at: Place): void {
    if (name === 'tool_calls') readList(value, at)
    else if (name === 'function_call' && value.kind === 'object') readCall(value, at, 'itself')
    else walk(value, at)
  }

  function readList(node: JsonNode, at: Place): void {
    const items = node.kind === 'array' ? node.items : [node]
    for (const [index, item] of items.entries())
      if (item.kind !== 'null') readItem(item, placeOf(item, index, at))
  }

  function readItem(item: JsonNode, at: Place): void {
    const ways = (['function', 'custom'] as const).flatMap((slot) => {
      const value = item.kind === 'object' ? entryOf(item, slot) : undefined
      return value?.kind === 'object' ? [{ slot, value }] : []
    })
    for (const { slot, value } of ways) readCall(value, at, slot)
    if (item.kind !== 'object') calls.push({ ...nameless, place: at })
    else if (ways.length === 0 || ownKeys.some((key) => entryOf(item, key) !== undefined))
      readCall(item, at, 'itself')
  }

  function readCall(call: JsonObject, at: Place, slot: FoundCall['slot'], type = ''): void {
    const name = entryOf(call, 'name')
    calls.push({
      place: at,
      slot,
      name: name?.kind === 'string' ? name : null,
      kind: namedTypes.has(type) ? '' : type.replace(/_call$/, ''),
      arguments: argumentsOf(call, slot, source),
    })
  }

  function placeOf(item: JsonNode, position: number, at: Place): Place {
    const index = indexed && item.kind === 'object' ? indexUnder(item, 'index', source) : null
    return atIndex(at, index ?? position)
  }
}

const nameless = { slot: 'itself', name: null, kind: '', arguments: null } as const

const ownKeys = ['name', 'arguments', 'input']

/** Definitions and schemas, in which the same words mean something else, and what belongs to a call itself. */
const apart = new Set([
  ...['tools', 'functions', 'tool_choice', 'response_format', 'schema', 'json_schema'],
  ...['arguments', 'logprobs', 'usage'],
])

const callType = /(?:_call|^(?:server_|mcp_)?tool_use|^mcp_approval_request)$/

/** True for the type of an item or part that calls a tool. */
function isCallType(type: string): boolean {
  return callType.test(type)
}

/** Types whose calls say themselves which tool they call. */
const namedTypes = new Set([
  ...['function_call', 'custom_tool_call', 'mcp_call', 'mcp_approval_request', 'tool_use'],
  ...['server_tool_use', 'mcp_tool_use', 'tool_call'],
])

/** Where calls have what they are made with, by API and tool. */
const argumentKeys = ['arguments', 'input', 'action', 'operation', 'code', 'queries', 'parameters']

function argumentsOf(call: JsonObject, slot: FoundCall['slot'], source: string): string | null {
  const keys = slot === 'custom' ? ['input', 'arguments'] : argumentKeys
  for (const key of keys) {
    const value = entryOf(call, key)
    if (value === undefined || value.kind === 'null') continue
    const given = value.kind === 'string' ? value.value : source.slice(value.start, value.end)
    if (given !== '') return given
  }
  return null
}
