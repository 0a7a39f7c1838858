import { Buffer } from 'node:buffer'
import { Cancellation } from '../call/cancellation.ts'
import type { Endpoint } from '../call/endpoints.ts'
import type { IncomingCall } from './incoming-call.ts'
import { bodyTooLarge, refuseAnnounced } from './read-body.ts'

/** A request in web form: for `app.request()` and other runtimes. */
export function webIncoming(endpoint: Endpoint, request: Request): IncomingCall {
  const cancellation = new Cancellation()
  request.signal.addEventListener('abort', () => cancellation.cancel('client_disconnected'), {
    once: true,
  })
  return {
    method: request.method,
    endpoint,
    headers: Object.fromEntries(request.headers),
    remoteAddress: null,
    arrivedAt: performance.now(),
    isComplete: false,
    cancellation,
    readBody: (limit) => readBody(request, limit),
  }
}

async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  refuseAnnounced(request.headers.get('content-length') ?? undefined, limit)
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length
    if (bytes > limit) throw bodyTooLarge(limit)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
