import { entryOf } from '../json/entry-of.ts'
import type { JsonNode, JsonObject } from '../json/json-node.ts'
import { BodyShapeError } from './body-shape-error.ts'

/**
 * Checks what every chat completions request must have. Everything else is left to the model server.
 * @throws BodyShapeError with the address of the first value that is wrong
 */
export function checkChatRequest(root: JsonNode): void {
  if (root.kind !== 'object') throw new BodyShapeError(null, 'a JSON object')
  const messages = entryOf(root, 'messages')
  if (messages?.kind !== 'array') throw new BodyShapeError('messages', 'an array of messages')
  if (messages.items.length === 0) throw new BodyShapeError('messages', 'at least one message')
  for (const [index, message] of messages.items.entries())
    checkMessage(message, `messages[${index}]`)
}

function checkMessage(message: JsonNode, address: string): void {
  if (message.kind !== 'object') throw new BodyShapeError(address, 'an object')
  if (entryOf(message, 'role')?.kind !== 'string')
    throw new BodyShapeError(`${address}.role`, 'a string')
  checkContent(message, address)
}

/** Checks the content of the message at `address`. Throws `BodyShapeError`. */
export function checkContent(message: JsonObject, address: string): void {
  const content = entryOf(message, 'content')
  if (content === undefined || content.kind === 'null' || content.kind === 'string') return
  if (content.kind !== 'array')
    throw new BodyShapeError(`${address}.content`, 'a string, an array of parts, or null')
  for (const [index, part] of content.items.entries()) {
    if (part.kind !== 'object')
      throw new BodyShapeError(`${address}.content[${index}]`, 'an object with a type')
  }
}
