import { GatewayError } from '../errors/gateway-error.ts'
import { isRecord } from '../json/parse-json.ts'
import { sanitiseReason } from '../sse/stream-facts.ts'
import type { TokenUsage } from '../sse/token-usage.ts'
import { readUsage } from '../sse/token-usage.ts'

interface CompletionFacts {
  readonly usage: TokenUsage | null
  readonly finishReasons: readonly string[]
}

/**
 * What the record needs from a whole answer. An answer without `choices`, or with choices that are none, is none itself,
 * whatever its status: throws `GatewayError` `upstream_invalid_response`.
 */
export function readCompletion(text: string, upstreamStatus: number): CompletionFacts {
  const completion = parse(text)
  const choices = completion?.['choices']
  if (!completion || completion['error'] || !Array.isArray(choices) || !choices.every(isChoice))
    throw new GatewayError('upstream_invalid_response', { upstreamStatus })
  const reasons = choices.map((choice) => choice['finish_reason'])
  return {
    usage: readUsage(completion['usage']),
    finishReasons: reasons.filter((reason) => typeof reason === 'string').map(sanitiseReason),
  }
}

function isChoice(choice: unknown): choice is Readonly<Record<string, unknown>> {
  if (!isRecord(choice)) return false
  const { message } = choice
  return message === undefined || message === null || isRecord(message)
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
