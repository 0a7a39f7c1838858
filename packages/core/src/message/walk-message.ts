import { stringOf } from '../json/entry-of.ts'
import type { JsonNode, JsonObject } from '../json/json-node.ts'
import type { KeyTable, Visit, Walk } from './walk.ts'
import { asData, asIdentifier, asText, walkAt, walkIndexed, walkItems, walkObject } from './walk.ts'
import { walkContent } from './walk-content.ts'
import { unscannableKeys } from './walk-media.ts'

/** Reads a list of messages: every turn, every role. `defaultRole` is that of a message without one. */
export function asMessages(defaultRole: string): Visit {
  const visit = asMessage(defaultRole)
  return (walk, node) => walkItems(walk, node, visit)
}

/** Reads one message, or what an event of a stream adds to one; `own` says what its API reads in a way of its own. */
export function asMessage(
  defaultRole: string,
  own: readonly (readonly [string, Visit])[] = [],
): Visit {
  const table: KeyTable = new Map([...messageKeys, ...own])
  return (walk, node) => {
    if (node.kind !== 'object') return asText('content')(walkAt(walk, { role: defaultRole }), node)
    const role = roleOf(node) ?? defaultRole
    const field = role === 'tool' || role === 'function' ? 'tool_result' : 'content'
    walkObject(walkAt(walk, { role, field }), node, { table, other: asText('other') })
  }
}

const roles = new Set(['system', 'developer', 'user', 'assistant', 'tool', 'function'])

/** Who says what stands under a role that nobody knows: trusted by no policy, and not the caller either. */
const unknownRole = 'other'

function roleOf(message: JsonObject): string | null {
  const role = stringOf(message, 'role')
  return role === null || roles.has(role) ? role : unknownRole
}

/** Arguments are JSON in a string; some servers and clients write them as an object. */
export const readArguments: Visit = (walk, node) => {
  if (node.kind === 'string') asText('tool_arguments', 'json')(walk, node)
  else asData('tool_arguments')(walk, node)
}

const callKeys: KeyTable = new Map<string, Visit>([
  ['id', asIdentifier],
  ['type', asIdentifier],
  ['index', asIdentifier],
  ['name', asIdentifier],
  ['arguments', readArguments],
  ['input', readArguments],
  ['function', readCall],
  ['custom', readCall],
])

function readCall(walk: Walk, node: JsonNode): void {
  if (node.kind === 'object')
    walkObject(walkAt(walk, { field: 'tool_arguments' }), node, {
      table: callKeys,
      other: asText(),
    })
  else asText('tool_arguments')(walk, node)
}

const readCalls: Visit = (walk, node) => walkIndexed(walk, node, readCall)

const messageKeys: readonly (readonly [string, Visit])[] = [
  ...unscannableKeys,
  ['role', asIdentifier],
  ['content', walkContent],
  ['name', asText('name')],
  ['id', asIdentifier],
  ['type', asIdentifier],
  ['tool_call_id', asIdentifier],
  ['tool_calls', readCalls],
  ['function_call', readCall],
  ['refusal', asText('refusal')],
  ['reasoning', readReasoning],
  ['reasoning_content', readReasoning],
  ['reasoning_details', readReasoning],
  ['thinking', readReasoning],
  ['thinking_blocks', readReasoning],
  ['annotations', asText('other')],
  ['metadata', asData('metadata')],
]

function readReasoning(walk: Walk, node: JsonNode): void {
  walkContent(walkAt(walk, { field: 'reasoning' }), node)
}
