import { Buffer } from 'node:buffer'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Cancellation } from '../call/cancellation.ts'
import type { Reply } from './reply.ts'
import { isStreamBody } from './reply.ts'

const smallBytes = 64 * 1024
const patienceMs = 60_000
const lingerMs = 1000
const lingerBytes = 64 * 1024 * 1024

interface Client {
  readonly outgoing: ServerResponse
  readonly cancellation: Cancellation
  /** Milliseconds in which a client must take something; a minute. */
  readonly stallMs?: number
}

/** Writes a reply to a socket. Never throws: a stream that breaks ends as a broken connection. */
export async function writeNodeReply(reply: Reply, client: Client): Promise<void> {
  try {
    if (isStreamBody(reply.body)) await writeStream(reply, reply.body, client)
    else await writeWhole(reply, reply.body, client)
  } finally {
    afterClose(client.outgoing, reply.onSent)
  }
}

/** Written is not sent: only the close says that the socket has taken everything. */
function afterClose(outgoing: ServerResponse, onSent: (() => void) | undefined): void {
  if (!onSent) return
  if (outgoing.closed || outgoing.destroyed) onSent()
  else outgoing.once('close', onSent)
}

async function writeWhole(reply: Reply, body: string | Uint8Array, client: Client): Promise<void> {
  const { outgoing } = client
  if (outgoing.destroyed) return
  limitStall(client)
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length
  const head = { ...reply.headers, 'content-length': length }
  if (!outgoing.req.complete) return writeEarly(reply.status, { head, body }, outgoing)
  outgoing.writeHead(reply.status, head)
  // Node sends head and text in one write, but a head and a buffer in two.
  if (typeof body === 'string') outgoing.end(body)
  else if (length <= smallBytes)
    outgoing.end(Buffer.from(body.buffer, body.byteOffset, length).toString('latin1'), 'latin1')
  else outgoing.end(body)
}

interface Early {
  readonly head: Readonly<Record<string, string | number>>
  readonly body: string | Uint8Array
}

/**
 * An answer to a request that is still being sent. The rest is discarded for a while and the connection ends then:
 * closed at once, it would be reset, and the client would lose the answer (RFC 9112 §9.6).
 */
async function writeEarly(
  status: number,
  { head, body }: Early,
  outgoing: ServerResponse,
): Promise<void> {
  outgoing.writeHead(status, { ...head, connection: 'close' })
  outgoing.write(body)
  await discardRest(outgoing.req)
  outgoing.end()
}

function discardRest(incoming: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let bytes = 0
    const stop = (): void => {
      clearTimeout(timer)
      incoming.off('data', count).pause()
      resolve()
    }
    const count = (chunk: Buffer): void => {
      bytes += chunk.length
      if (bytes > lingerBytes) stop()
    }
    const timer = setTimeout(stop, lingerMs)
    for (const event of ['end', 'close', 'error']) incoming.once(event, stop)
    incoming.on('data', count)
  })
}

async function writeStream(
  reply: Reply,
  body: AsyncIterable<Uint8Array>,
  client: Client,
): Promise<void> {
  const { outgoing, cancellation } = client
  if (!outgoing.destroyed) outgoing.writeHead(reply.status, reply.headers)
  const heartbeat = startHeartbeat(reply, outgoing)
  try {
    for await (const chunk of body) {
      heartbeat?.refresh()
      // A client that left has cancelled the call; the stream is still read to its end, which records that.
      if (outgoing.destroyed || outgoing.write(chunk)) continue
      if (!(await drained(client))) cancellation.cancel('client_too_slow')
    }
    limitStall(client)
    outgoing.end()
  } catch {
    breakConnection(outgoing)
  } finally {
    clearTimeout(heartbeat)
  }
}

function startHeartbeat(
  { heartbeat }: Reply,
  outgoing: ServerResponse,
): NodeJS.Timeout | undefined {
  if (!heartbeat) return undefined
  const timer = setTimeout(() => {
    if (outgoing.destroyed || outgoing.writableNeedDrain) return
    outgoing.write(heartbeat.text)
    timer.refresh()
  }, heartbeat.afterMs)
  return timer
}

/** A client that takes nothing of the rest of its answer must not hold its place among the calls for ever. */
function limitStall({ outgoing, stallMs = patienceMs }: Client): void {
  outgoing.setTimeout(stallMs, () => outgoing.destroy())
}

/** False when the client took nothing in `stallMs`. */
function drained({ outgoing, stallMs = patienceMs }: Client): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (result: boolean) => (): void => {
      clearTimeout(timer)
      outgoing.off('drain', onDrain).off('close', onDrain)
      resolve(result)
    }
    const onDrain = settle(true)
    const timer = setTimeout(settle(false), stallMs)
    outgoing.on('drain', onDrain).on('close', onDrain)
  })
}

/** What was written still goes out, but the end of the chunked body does not: the client sees a broken stream. */
function breakConnection(outgoing: ServerResponse): void {
  if (outgoing.socket) outgoing.socket.destroySoon()
  else outgoing.destroy()
}
