import { GatewayError } from '../errors/gateway-error.ts'
import { readEvents } from '../sse/read-events.ts'
import { discardBody } from '../transport/discard-body.ts'
import { gatherBody } from '../transport/gather-body.ts'
import type { UpstreamResponse } from '../transport/transport.ts'
import { decodeText } from './decode-text.ts'
import type { ProviderAnswer, ProviderCall } from './provider.ts'
import { refusalOf } from './upstream-refusal.ts'

/**
 * An answer in the client's own wire format. Throws `WrongPathError` for a 404 or 405 that no model gave,
 * `GatewayError` for any other refusal and for what is not an answer.
 */
export async function readAnswer(
  response: UpstreamResponse,
  call: ProviderCall,
): Promise<ProviderAnswer> {
  const { status } = response
  if (status >= 300)
    throw refusalOf({ response, bytes: await gatherBody(response.body) }, call.target)
  const contentType = response.header('content-type') ?? ''
  if (/^\s*text\/event-stream\b/i.test(contentType)) {
    if (!call.stream) {
      await discardBody(response.body)
      throw notAnAnswer(status)
    }
    const batches = readEvents(response.body, call.maxResponseBytes)
    return { kind: 'stream', batches, upstreamStatus: status }
  }
  const bytes = await gatherBody(response.body)
  const text = decodeText(bytes)
  if (text === null) throw notAnAnswer(status)
  return { kind: 'plain', text, bytes, upstreamStatus: status }
}

function notAnAnswer(upstreamStatus: number): GatewayError {
  return new GatewayError('upstream_invalid_response', { upstreamStatus })
}
