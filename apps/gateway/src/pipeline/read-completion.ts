import type { ApiShape } from '@keeptrusts/core'
import { GatewayError } from '../errors/gateway-error.ts'
import type { Json } from '../json/parse-json.ts'
import { isRecord } from '../json/parse-json.ts'
import { responseReason } from '../sse/response-facts.ts'
import { sanitiseReason } from '../sse/stream-facts.ts'
import type { TokenUsage } from '../sse/token-usage.ts'
import { readUsage } from '../sse/token-usage.ts'

interface CompletionFacts {
  readonly usage: TokenUsage | null
  readonly finishReasons: readonly string[]
}

/** A whole answer as it came. */
interface WholeText {
  readonly shape: ApiShape
  readonly text: string
  readonly upstreamStatus: number
}

/**
 * What the record needs from a whole answer. An answer of another shape than its endpoint's is none, whatever its status:
 * throws `GatewayError` `upstream_invalid_response`, and `upstream_error` for a response that says that it failed.
 */
export function readCompletion({ shape, text, upstreamStatus }: WholeText): CompletionFacts {
  const answer = parse(text)
  if (shape === 'responses' && answer?.['status'] === 'failed')
    throw new GatewayError('upstream_error', {
      message: 'The model server reported an error inside its answer.',
      upstreamStatus,
    })
  const reasons = answer && !answer['error'] ? reasonReaders[shape](answer) : null
  if (!answer || reasons === null)
    throw new GatewayError('upstream_invalid_response', { upstreamStatus })
  return {
    usage: readUsage(answer['usage']),
    finishReasons: reasons.filter((reason) => typeof reason === 'string').map(sanitiseReason),
  }
}

/** Why an answer of an API ended; `null` when it is none of that API. */
const reasonReaders: Record<ApiShape, (answer: Json) => readonly unknown[] | null> = {
  'chat.completions': ({ choices }) => reasonsOf(choices, isChatChoice),
  completions: ({ choices }) => reasonsOf(choices, isTextChoice),
  embeddings: ({ data }) => (Array.isArray(data) && data.every(isEmbedding) ? [] : null),
  responses: (answer) => {
    const { output } = answer
    return Array.isArray(output) && output.every(isRecord) ? [responseReason(answer)] : null
  },
}

function reasonsOf(choices: unknown, isChoice: (choice: Json) => boolean): unknown[] | null {
  if (!Array.isArray(choices)) return null
  if (!choices.every((choice) => isRecord(choice) && isChoice(choice))) return null
  return choices.map((choice: Json) => choice['finish_reason'])
}

function isChatChoice({ message }: Json): boolean {
  return message === undefined || message === null || isRecord(message)
}

function isTextChoice({ text }: Json): boolean {
  return typeof text === 'string'
}

function isEmbedding(entry: unknown): boolean {
  if (!isRecord(entry)) return false
  const { embedding } = entry
  return typeof embedding === 'string' || Array.isArray(embedding)
}

function parse(text: string): Json | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
