import type { JsonNode } from '../json/json-node.ts'
import type { Visit } from './walk.ts'
import { asText } from './walk.ts'

/**
 * The tokens beside a text: they go when a policy may change the text that they repeat (decision T4). Where nothing may
 * change they are left alone: no policy would learn anything from them.
 */
export const walkLogprobs: Visit = (walk, node) => {
  if (!walk.out.dropsLogprobs || node.kind === 'null') return
  if (node.kind === 'array' && node.items.length === 0) return
  const text = node.kind === 'array' ? '[]' : 'null'
  walk.body.replace({ start: node.start, end: node.end, text })
}

/** Numbers that stand for the words of a text: they go with its tokens, or count as what no policy can read. */
const walkTokens: Visit = (walk, node) => {
  if (!isTokens(node)) asText()(walk, node)
  else if (walk.out.dropsLogprobs)
    walk.body.replace({ start: node.start, end: node.end, text: 'null' })
  else walk.out.skip(walk, 'token_array')
}

/** Also lists of such lists. */
function isTokens(node: JsonNode): boolean {
  if (node.kind !== 'array' || node.items.length === 0) return false
  return node.items.every(({ kind }) => kind === 'number') || node.items.every(isTokens)
}

/** Where answers have them, beside a text. */
export const tokenKeys: readonly (readonly [string, Visit])[] = [
  ['token_ids', walkTokens],
  ['prompt_token_ids', walkTokens],
  ['tokens', walkTokens],
]
