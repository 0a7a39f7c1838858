import { waitingFor } from '../call/waits.ts'
import type { Transport, UpstreamResponse } from '../transport/transport.ts'
import type { ProviderCall } from './provider.ts'

interface Destination {
  readonly url: URL
  readonly body: string
}

/**
 * Sends a call with the allow-list of headers and the target's own secret; nothing else of the client's request
 * goes upstream. Throws `TransportError`, and `GatewayError` when no token can be had.
 */
export async function sendCall(
  call: ProviderCall,
  { url, body }: Destination,
  transport: Transport,
): Promise<UpstreamResponse> {
  const { target, tls } = call.target
  const { cancellation, waits } = call
  const signIn = await waitingFor(call.target.credentials.header(cancellation), waits)
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    accept: call.stream ? 'text/event-stream' : 'application/json',
    'accept-encoding': 'identity',
    'user-agent': 'keeptrusts-gateway',
    'x-request-id': call.requestId,
  }
  if (call.traceparent !== null) headers['traceparent'] = call.traceparent
  if (signIn !== null) headers[signIn[0]] = signIn[1]
  const maxBodyBytes = call.maxResponseBytes
  return transport.send({
    method: 'POST',
    url,
    headers,
    body,
    timeouts: target.timeouts,
    maxBodyBytes,
    tls,
    cancellation,
    ...(waits && { waits }),
  })
}
