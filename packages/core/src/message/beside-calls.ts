import type { JsonEntry, JsonNode } from '../json/json-node.ts'

/**
 * True when an event of a chat stream that brings a piece of a call brings something else too that a client joins: a text,
 * or another choice.
 */
export function bringsMoreThanCalls(root: JsonNode): boolean {
  if (root.kind !== 'object') return true
  return root.entries.some(({ key, value }) => {
    if (key.value !== 'choices') return joined.has(key.value) && saysMore(value)
    return value.kind === 'array' && value.items.some(saysMore)
  })
}

/** Beside all choices stands the message of servers that give only one. */
const joined = new Set(['message', 'delta', 'messages'])

function saysMore(node: JsonNode): boolean {
  if (node.kind === 'string') return node.value !== ''
  if (node.kind === 'array') return node.items.some(saysMore)
  return node.kind === 'object' && node.entries.some(isMore)
}

function isMore({ key, value }: JsonEntry): boolean {
  return !beside.has(key.value) && saysMore(value)
}

/** Calls, and what names a choice or who speaks in it. */
const beside = new Set([
  'tool_calls',
  'function_call',
  'role',
  'finish_reason',
  'logprobs',
  'id',
  'type',
])
