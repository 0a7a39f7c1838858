import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** One request as it arrived. */
interface ReceivedCall {
  readonly method: string
  readonly url: string
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[]
  readonly body: Buffer
}

export type Answer = (response: ServerResponse, call: ReceivedCall) => void

/** A model server that records every call and answers as it is told; probes get a 404. */
export interface RecordingUpstream {
  readonly url: string
  readonly calls: ReceivedCall[]
  readonly sockets: ReadonlySet<Socket>
  answer: Answer
  close(): void
}

/** A plain chat completion that says `content`. */
export function completion(content = 'hello'): string {
  const message = { role: 'assistant', content }
  return JSON.stringify({
    id: 'c1',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 },
  })
}

/** Answers every call in the usual way. */
export const usualAnswer: Answer = (response) => {
  response.setHeader('content-type', 'application/json').end(completion())
}

/** One event of a chat stream. */
export function chunk(content: string, more: object = {}): string {
  const choices = [{ index: 0, delta: { content }, finish_reason: null }]
  return `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'm', choices, ...more })}\n\n`
}

/** The end of a chat stream. */
export const streamEnd = `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`

/** Starts one on a free port. */
export async function startRecordingUpstream(): Promise<RecordingUpstream> {
  const calls: ReceivedCall[] = []
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => void receive(request, response))
  const upstream = { url: '', calls, sockets, answer: usualAnswer, close }
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', rawHeaders } = request
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    if (method === 'GET') return void response.writeHead(404).end('{}')
    const call = { method, url, rawHeaders, body: Buffer.concat(parts) }
    calls.push(call)
    upstream.answer(response, call)
  }
  function close(): void {
    server.close()
    server.closeAllConnections()
  }
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  upstream.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return upstream
}
