import type { JsonNode } from '../json/json-node.ts'
import { sharedKeys } from './extract-request.ts'
import type { KeyTable, Visit, Walk } from './walk.ts'
import { asIdentifier, asText, walkAt, walkItems, walkObject } from './walk.ts'
import { walkGrowingContent, walkOutputContent } from './walk-content.ts'
import { promptKeys } from './walk-input.ts'
import { asItem } from './walk-item.ts'

/** Reads the response object of the Responses API: what the model put out, and what the object repeats of its request. */
export const walkResponse: Visit = (walk, node) => readResponse(walk, node, responseKeys)

/** Reads a response that has only begun: its output goes on in the events that follow. */
export const walkBegunResponse: Visit = (walk, node) => readResponse(walk, node, begunKeys)

function readResponse(walk: Walk, node: JsonNode, table: KeyTable): void {
  const inside = walkAt(walk, { role: 'assistant', field: 'content' })
  if (node.kind === 'object') walkObject(inside, node, { table, other: asText('other') })
  else asText('other')(inside, node)
}

/** One item that a model put out. */
export const readOutputItem: Visit = asItem('assistant', walkOutputContent)

const readBegun = asItem('assistant', walkGrowingContent)

/** One that goes on: its texts are the first pieces of those that follow, for clients join them. */
export const readBegunItem: Visit = (walk, node) => readBegun(walkAt(walk, { whole: false }), node)

function readOutput(walk: Walk, node: JsonNode): void {
  walkItems(walk, node, readOutputItem)
}

function readBegunOutput(walk: Walk, node: JsonNode): void {
  walkItems(walk, node, readBegunItem)
}

const errorKeys: KeyTable = new Map<string, Visit>(
  ['type', 'code', 'param'].map((key) => [key, asIdentifier] as const),
)

/** What went wrong, in words. */
export const readError: Visit = (walk, node) => {
  if (node.kind === 'object') walkObject(walk, node, { table: errorKeys, other: asText('other') })
  else asText('other')(walk, node)
}

const readPrompt: Visit = (walk, node) => {
  if (node.kind === 'object') walkObject(walk, node, { table: promptKeys, other: asText('other') })
  else asText('other')(walk, node)
}

const identifierKeys = [
  ...['id', 'object', 'created_at', 'completed_at', 'status', 'usage', 'incomplete_details'],
  ...['previous_response_id', 'conversation', 'billing'],
]

const responseKeys: KeyTable = new Map<string, Visit>([
  ...sharedKeys,
  ...identifierKeys.map((key) => [key, asIdentifier] as const),
  ['output', readOutput],
  ['output_text', asText('content')],
  ['error', readError],
  ['prompt', readPrompt],
])

const begunKeys: KeyTable = new Map<string, Visit>([...responseKeys, ['output', readBegunOutput]])
