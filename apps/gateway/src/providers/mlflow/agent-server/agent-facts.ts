import { GatewayError } from '../../../errors/gateway-error.ts'
import type { Json } from '../../../json/parse-json.ts'
import { isRecord } from '../../../json/parse-json.ts'

/** Why an answer ended, in chat's words. Throws `GatewayError` `upstream_error` for a response that failed. */
export function finishReason(response: Json, hasToolCalls: boolean): string {
  if (response['status'] === 'failed' || isRecord(response['error'])) throw agentFailed()
  const details = response['incomplete_details']
  const why = isRecord(details) ? details['reason'] : null
  if (why === 'content_filter') return 'content_filter'
  if (response['status'] === 'incomplete' || why === 'max_output_tokens') return 'length'
  return hasToolCalls ? 'tool_calls' : 'stop'
}

/** Tokens in chat's words; `null` when the agent counts none. */
export function chatUsage(usage: unknown): Json | null {
  if (!isRecord(usage)) return null
  const { input_tokens: input, output_tokens: output, total_tokens: total } = usage
  if (typeof input !== 'number' || typeof output !== 'number') return null
  return { prompt_tokens: input, completion_tokens: output, total_tokens: total ?? input + output }
}

/** The agent reported an error where an answer is due. Its text is not relayed: agents put prompts into it. */
export function agentFailed(): GatewayError {
  return new GatewayError('upstream_error', {
    message: 'The model server reported an error inside its answer.',
    upstreamStatus: 200,
  })
}
