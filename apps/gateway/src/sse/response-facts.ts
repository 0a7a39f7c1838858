import type { Json } from '../json/parse-json.ts'
import { isRecord } from '../json/parse-json.ts'

/** Events of the Responses API that say that the answer is whole; `response.failed` is an error. */
const endings = new Set(['response.completed', 'response.incomplete'])

/** The response that ends a stream; `null` for any other event. */
export function endingResponse({ type, response }: Json): Json | null {
  if (typeof type !== 'string' || !endings.has(type)) return null
  return isRecord(response) ? response : {}
}

/** True for an event that ends a part of the answer: a text, an item. The last of them ends the last part. */
export function isPartEnd({ type }: Json): boolean {
  return typeof type === 'string' && type.endsWith('.done')
}

/** Why a response ended: what made it incomplete, else its status. */
export function responseReason({ status, incomplete_details: details }: Json): unknown {
  return isRecord(details) ? (details['reason'] ?? status) : status
}
