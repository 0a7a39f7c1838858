import { Buffer } from 'node:buffer'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Cancellation } from '../call/cancellation.ts'
import type { Endpoint } from '../call/endpoints.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import { arrivalOf } from './arrivals.ts'
import type { IncomingCall } from './incoming-call.ts'
import { onSocketClose } from './on-socket-close.ts'
import { bodyTooLarge, refuseAnnounced } from './read-body.ts'

/** The slowest body that is waited for. */
interface BodyPace {
  /** Milliseconds between two looks at what has come. */
  readonly everyMs: number
  /** Bytes that must have come since the last look. */
  readonly bytes: number
}

/** 1 KiB/s, judged every ten seconds. */
const usualPace: BodyPace = { everyMs: 10_000, bytes: 10 * 1024 }

/** A request straight from Node's server: no web streams on the hot path. */
export function nodeIncoming(
  endpoint: Endpoint,
  { incoming, outgoing }: { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse },
  pace = usualPace,
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
    arrivedAt: arrivalOf(incoming),
    get isComplete() {
      return incoming.complete
    },
    cancellation,
    readBody: (limit) => readBody(incoming, { limit, pace }),
  }
}

/** Node tells only the answer that is being written of a lost connection: pipelined ones behind it would wait for ever. */
function endWaiting(outgoing: ServerResponse): void {
  if (outgoing.closed || outgoing.destroyed || outgoing.socket !== null) return
  outgoing.destroy()
  outgoing.emit('close')
}

interface Bounds {
  /** Most bytes. */
  readonly limit: number
  readonly pace: BodyPace
}

async function readBody(incoming: IncomingMessage, { limit, pace }: Bounds): Promise<Uint8Array> {
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
    let lastLook = 0
    const timer = setInterval(() => {
      if (bytes - lastLook < pace.bytes) onGone()
      lastLook = bytes
    }, pace.everyMs)
    const settle = (finish: () => void): void => {
      clearInterval(timer)
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
