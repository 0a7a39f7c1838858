import { atKey } from '../json/address.ts'
import { entryOf, stringOf } from '../json/entry-of.ts'
import type { JsonNode, JsonObject } from '../json/json-node.ts'
import type { TextContext } from './extraction.ts'
import type { KeyTable, Visit, Walk } from './walk.ts'
import { asData, asIdentifier, asText, walkAt, walkItems, walkObject } from './walk.ts'
import { walkContent, walkInPart } from './walk-content.ts'
import { walkDefinition } from './walk-definition.ts'
import { asMedia, asPayload, unscannableKeys } from './walk-media.ts'
import { asMessage, readArguments } from './walk-message.ts'

/**
 * Reads an item of the Responses API: a message, a call of a tool, what a tool gave, a thought, a reference; one that
 * nobody knows leaf by leaf. `defaultRole` is that of items which do not say theirs, `content` reads parts.
 */
export function asItem(defaultRole: string, content: Visit): Visit {
  const readMessage = asMessage(defaultRole, [
    ['content', content],
    ['status', asIdentifier],
    ['phase', asIdentifier],
  ])
  const reasoning = { role: 'assistant', field: 'reasoning' } as const
  const table: KeyTable = new Map([
    ...itemKeys,
    ['content', content],
    ['summary', (walk: Walk, node: JsonNode) => content(walkAt(walk, reasoning), node)],
  ])
  return (walk, node) => {
    if (node.kind !== 'object') return asText('content')(walkAt(walk, { role: defaultRole }), node)
    const type = stringOf(node, 'type')
    if (isReference(node, type)) {
      walk.out.skip({ ...walk, place: atKey(walk.place, 'id') }, 'stored_context')
    } else if (type === null || type === 'message') return readMessage(walk, node)
    const context = contextOf(type ?? '', defaultRole)
    walkObject(walkAt(walk, context), node, { table, other: asText() })
  }
}

/** An item that stands at the server: `{"id": …}`, also without its type. */
function isReference(item: JsonObject, type: string | null): boolean {
  if (type !== null) return type === 'item_reference'
  const says = ['role', 'content'].some((key) => (entryOf(item, key)?.kind ?? 'null') !== 'null')
  return !says && entryOf(item, 'id') !== undefined
}

function contextOf(type: string, defaultRole: string): Pick<TextContext, 'role' | 'field'> {
  if (type === 'reasoning') return { role: 'assistant', field: 'reasoning' }
  if (type === 'mcp_list_tools') return { role: 'tool', field: 'tool_definition' }
  if (type.endsWith('_output')) return { role: 'tool', field: 'tool_result' }
  if (type.endsWith('_call') || type === 'mcp_approval_request')
    return { role: 'assistant', field: 'tool_arguments' }
  return { role: defaultRole, field: 'content' }
}

/** What a tool gave: a text, parts, or one part. */
const readOutput: Visit = (walk, node) => {
  const inside = walkAt(walk, { role: 'tool', field: 'tool_result' })
  if (node.kind === 'object') walkInPart(inside, node)
  else walkContent(inside, node)
}

/** What code printed, and the images that it drew. */
const readCodeOutputs: Visit = (walk, node) =>
  walkItems(walkAt(walk, { role: 'tool', field: 'tool_result' }), node, (inside, output) => {
    if (output.kind !== 'object') asText()(inside, output)
    else walkObject(inside, output, { table: codeOutputKeys, other: asText() })
  })

const codeOutputKeys: KeyTable = new Map<string, Visit>([
  ['type', asIdentifier],
  ['url', asMedia('image')],
])

/** Passages of files that a search found. */
const readResults: Visit = (walk, node) =>
  walkItems(walkAt(walk, { role: 'tool', field: 'document' }), node, (inside, result) => {
    if (result.kind !== 'object') asText()(inside, result)
    else walkObject(inside, result, { table: resultKeys, other: asText() })
  })

const resultKeys: KeyTable = new Map<string, Visit>([
  ['file_id', asIdentifier],
  ['filename', asText('name')],
  ['attributes', asData('metadata')],
])

/** What a built-in tool is told to do: a search, a command, a click, a patch. */
const readAction: Visit = (walk, node) => {
  if (node.kind !== 'object') asData('tool_arguments')(walk, node)
  else walkObject(walk, node, { table: actionKeys, other: asData('tool_arguments') })
}

const actionKeys: KeyTable = new Map([['type', asIdentifier]])

const readDefinitions: Visit = (walk, node) =>
  walkDefinition(walkAt(walk, { field: 'tool_definition' }), node)

const identifierKeys = [
  ...['type', 'id', 'call_id', 'status', 'name', 'role', 'phase', 'execution', 'namespace'],
  ...['server_label', 'approval_request_id', 'container_id', 'created_by'],
]

const itemKeys: readonly (readonly [string, Visit])[] = [
  ...unscannableKeys,
  ...identifierKeys.map((key) => [key, asIdentifier] as const),
  ['arguments', readArguments],
  ['input', readArguments],
  ['output', readOutput],
  ['outputs', readCodeOutputs],
  ['results', readResults],
  ['action', readAction],
  ['operation', readAction],
  ['result', asPayload('image')],
  ['tools', readDefinitions],
  ['metadata', asData('metadata')],
]
