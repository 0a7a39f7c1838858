import { Buffer } from 'node:buffer'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Cancellation } from '../call/cancellation.ts'
import type { Endpoint } from '../call/endpoints.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import type { IncomingCall } from './incoming-call.ts'
import { onSocketClose } from './on-socket-close.ts'
import { bodyTooLarge, refuseAnnounced } from './read-body.ts'

/** A request straight from Node's server: no web streams on the hot path. */
export function nodeIncoming(
  endpoint: Endpoint,
  { incoming, outgoing }: { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse },
): IncomingCall {
  const cancellation = new Cancellation()
  // The answer's side tells of a lost client also while nothing is being written, and before the head.
  const onClose = (): void => {
    forgetSocket()
    if (!outgoing.writableFinished) cancellation.cancel('client_disconnected')
  }
  const forgetSocket = onSocketClose(incoming.socket, () => endWaiting(outgoing))
  if (outgoing.closed || outgoing.destroyed) onClose()
  else outgoing.once('close', onClose)
  return {
    method: incoming.method ?? 'GET',
    endpoint,
    headers: incoming.headers as Readonly<Record<string, string>>,
    remoteAddress: incoming.socket.remoteAddress ?? null,
    cancellation,
    readBody: (limit) => readBody(incoming, limit),
  }
}

/** Node tells only the answer that is being written of a lost connection: pipelined ones behind it would wait for ever. */
function endWaiting(outgoing: ServerResponse): void {
  if (outgoing.closed || outgoing.destroyed || outgoing.socket !== null) return
  outgoing.destroy()
  outgoing.emit('close')
}

async function readBody(incoming: IncomingMessage, limit: number): Promise<Uint8Array> {
  refuseAnnounced(incoming.headers['content-length'], limit)
  // A client that left while its call stood in line has had its events already: none would come any more.
  if (incoming.destroyed) throw new GatewayError('request_timeout')
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const onData = (chunk: Buffer): void => {
      bytes += chunk.length
      if (bytes > limit) settle(() => reject(bodyTooLarge(limit)))
      else chunks.push(chunk)
    }
    const onEnd = (): void => settle(() => resolve(joined(chunks)))
    const onGone = (): void => settle(() => reject(new GatewayError('request_timeout')))
    const settle = (finish: () => void): void => {
      incoming.off('data', onData).off('end', onEnd).off('close', onGone).off('error', onGone)
      // Late errors of a connection that nobody reads from any more must not end the process.
      incoming.on('error', () => {})
      finish()
    }
    incoming.on('data', onData).on('end', onEnd).on('close', onGone).on('error', onGone)
  })
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks
  return chunks.length === 1 && only ? only : Buffer.concat(chunks)
}
