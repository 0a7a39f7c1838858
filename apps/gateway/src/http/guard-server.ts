import { Buffer } from 'node:buffer'
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { GatewayError } from '../errors/gateway-error.ts'
import { toErrorBody } from '../errors/to-response.ts'
import { noteArrival } from './arrivals.ts'
import { judgeHead } from './judge-head.ts'

/** Called for each request that was refused before it became a call: such requests are counted, not recorded. */
export type OnRejected = () => void

/** Lets only requests with an unambiguous head through to `listener`; answers the others and closes their connection. */
export function guardRequests(listener: RequestListener, onRejected: OnRejected): RequestListener {
  return (incoming, outgoing) => {
    // Where one request was not understood, nobody knows where the next one begins.
    if (refused.has(incoming.socket)) return
    noteArrival(incoming)
    const refusal = judgeHead(incoming)
    if (refusal === null) {
      latest.set(incoming.socket, outgoing)
      return listener(incoming, outgoing)
    }
    refused.add(incoming.socket)
    onRejected()
    const { headers, body } = answerTo(refusal)
    outgoing.writeHead(refusal.status, headers).end(body)
  }
}

/** Answers what Node's parser refuses, and CONNECT, for which Node has no answer. */
export function guardConnections(server: Server, onRejected: OnRejected): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (refused.has(socket)) return
    const refusal = refusalOf(error)
    if (refusal === null || !socket.writable) return void socket.destroy()
    onRejected()
    if (isAnswering(socket)) socket.destroy()
    else refuse(socket, refusal)
  })
  server.on('connect', (_request: IncomingMessage, socket) => {
    onRejected()
    refuse(socket, new GatewayError('method_not_allowed', { headers: { allow: 'GET, POST' } }))
  })
}

/** Connections that end with a refusal. */
const refused = new WeakSet<Duplex>()

/** The last answer on each connection. */
const latest = new WeakMap<Duplex, ServerResponse>()

/** True while a refusal would be taken for the answer to an earlier request, or would stand in the middle of one. */
function isAnswering(socket: Duplex): boolean {
  const answer = latest.get(socket)
  if (answer === undefined || answer.writableFinished) return false
  return answer.req.complete || answer.headersSent || answer.socket !== socket
}

/** `null` for a connection that just broke. */
function refusalOf({ code = '', message }: NodeJS.ErrnoException): GatewayError | null {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new GatewayError('request_timeout')
  if (code === 'HPE_HEADER_OVERFLOW') return new GatewayError('headers_too_large')
  if (code === 'HPE_INVALID_TRANSFER_ENCODING' && !message.includes('Content-Length'))
    return new GatewayError('unsupported_transfer_encoding')
  return code.startsWith('HPE_') ? new GatewayError('malformed_request') : null
}

/** Answers a connection in plain bytes, and ends it. */
export function refuse(socket: Duplex, refusal: GatewayError): void {
  refused.add(socket)
  const { headers, body } = answerTo(refusal)
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const { status } = refusal
  // Both the answer and the end go out; nothing that still comes is read.
  socket.on('error', () => {})
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${body}`, () =>
    socket.destroy(),
  )
}

function answerTo(refusal: GatewayError) {
  const body = JSON.stringify(toErrorBody(refusal))
  const headers = {
    ...refusal.headers,
    connection: 'close',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  }
  return { headers, body }
}
