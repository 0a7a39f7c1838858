import { entryOf } from '../json/entry-of.ts'
import type { JsonNode, JsonObject } from '../json/json-node.ts'
import { BodyShapeError } from './body-shape-error.ts'
import { checkContent } from './check-chat-request.ts'

/**
 * Checks what every request of the Responses API must have. Everything else is left to the model server.
 * @throws BodyShapeError with the address of the first value that is wrong
 */
export function checkResponsesRequest(root: JsonNode): void {
  if (root.kind !== 'object') throw new BodyShapeError(null, 'a JSON object')
  const input = entryOf(root, 'input')
  if (input === undefined || input.kind === 'null') checkContext(root)
  else if (input.kind === 'array') {
    for (const [index, item] of input.items.entries()) checkItem(item, `input[${index}]`)
  } else if (input.kind !== 'string')
    throw new BodyShapeError('input', 'a string or an array of items')
  const instructions = entryOf(root, 'instructions')
  if (instructions !== undefined && !['string', 'null'].includes(instructions.kind))
    throw new BodyShapeError('instructions', 'a string')
}

/** Without an input there must be something that the server keeps. */
function checkContext(root: JsonObject): void {
  const kept = ['prompt', 'previous_response_id', 'conversation'].map((key) => entryOf(root, key))
  if (kept.every((value) => value === undefined || value.kind === 'null'))
    throw new BodyShapeError('input', 'a string or an array of items')
}

function checkItem(item: JsonNode, address: string): void {
  if (item.kind !== 'object') throw new BodyShapeError(address, 'an object')
  const role = entryOf(item, 'role')
  if (role !== undefined && role.kind !== 'string')
    throw new BodyShapeError(`${address}.role`, 'a string')
  const type = entryOf(item, 'type')
  if (type !== undefined && type.kind !== 'string' && type.kind !== 'null')
    throw new BodyShapeError(`${address}.type`, 'a string')
  if (role !== undefined) checkContent(item, address)
}
