import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server of ours on loopback. */
export interface RunningServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  readonly port: number
  /** Ends the server and its connections. */
  close(): Promise<void>
}

/** Starts an HTTP server on loopback; port 0 takes a free one. */
export async function startServer(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  port = 0,
): Promise<RunningServer> {
  const server = createServer(handle)
  server.keepAliveTimeout = 60_000
  server.listen(port, '127.0.0.1')
  await Promise.race([
    once(server, 'listening'),
    once(server, 'error').then(([error]) => Promise.reject(error)),
  ])
  const { port: taken } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${taken}`, port: taken, close: () => closeServer(server) }
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}

/** The whole body of a request as UTF-8 text. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** Answers with JSON, or with a text that is sent as it is. */
export function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  type = 'application/json',
): void {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  response.writeHead(status, { 'content-type': type, 'content-length': bytes.length })
  response.end(bytes)
}
