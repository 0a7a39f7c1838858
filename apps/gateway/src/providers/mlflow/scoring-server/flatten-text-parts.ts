import type { JsonArray, JsonNode, Replacement } from '@keeptrusts/core'
import { spliceJson } from '@keeptrusts/core'

/**
 * The text of `messages` with each list of text parts written as one string: MLflow's ChatModel takes strings only, and
 * many clients send parts. A list that holds anything else stays, so that the model server can say that it does not take it.
 */
export function flattenTextParts(messages: JsonNode, source: string): string {
  const items = messages.kind === 'array' ? messages.items : []
  const edits = items.flatMap((message): Replacement[] => {
    const content = memberOf(message, 'content')
    if (content?.kind !== 'array' || content.items.length === 0) return []
    const texts = textsOf(content)
    if (texts === null) return []
    const at = { start: content.start - messages.start, end: content.end - messages.start }
    return [{ ...at, text: JSON.stringify(texts.join('\n')) }]
  })
  return spliceJson(source.slice(messages.start, messages.end), edits)
}

function textsOf({ items }: JsonArray): string[] | null {
  const texts = items.map((part) => {
    const type = memberOf(part, 'type')
    const text = memberOf(part, 'text')
    return type?.kind === 'string' && type.value === 'text' && text?.kind === 'string'
      ? text.value
      : null
  })
  return texts.every((text) => text !== null) ? texts : null
}

function memberOf(node: JsonNode, key: string): JsonNode | undefined {
  if (node.kind !== 'object') return undefined
  return node.entries.find((entry) => entry.key.value === key)?.value
}
