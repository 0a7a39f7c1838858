import { entryOf } from '../json/entry-of.ts'
import type { JsonNode } from '../json/json-node.ts'
import { BodyShapeError } from './body-shape-error.ts'

/**
 * Checks that a request has something to complete. Everything else is left to the model server.
 * @throws BodyShapeError
 */
export function checkCompletionsRequest(root: JsonNode): void {
  checkTexts(root, 'prompt')
}

/**
 * Checks that a request has something to embed.
 * @throws BodyShapeError
 */
export function checkEmbeddingsRequest(root: JsonNode): void {
  checkTexts(root, 'input')
}

/** A text, texts, token numbers, or lists of those. */
function checkTexts(root: JsonNode, key: string): void {
  if (root.kind !== 'object') throw new BodyShapeError(null, 'a JSON object')
  const input = entryOf(root, key)
  if (input?.kind === 'string') return
  if (input?.kind !== 'array') throw new BodyShapeError(key, 'a string or an array of strings')
  if (input.items.length === 0) throw new BodyShapeError(key, 'at least one string')
  for (const [index, item] of input.items.entries()) {
    const isTokens = item.kind === 'array' && item.items.every(({ kind }) => kind === 'number')
    if (item.kind !== 'string' && item.kind !== 'number' && !isTokens)
      throw new BodyShapeError(`${key}[${index}]`, 'a string')
  }
}
