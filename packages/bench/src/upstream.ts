import type { ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { streamedEvents } from './streamed-answer.ts'

// The model server that every measured path ends at: a constant chat completion, as cheap as Node can answer.
// `upstream.js scoring [PORT]` answers as `mlflow models serve` does: only `/invocations`, and pages by which it is known.
// `upstream.js stream [PORT]` streams a longer answer: `max_tokens` pieces, `seed` milliseconds apart.
const answer = Buffer.from(
  JSON.stringify({
    id: 'chatcmpl-bench',
    object: 'chat.completion',
    created: 1700000000,
    model: 'my-chat-model',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: `${'The report shows steady growth. '.repeat(12)}` },
        finish_reason: 'stop',
      },
    ],
    usage: { prompt_tokens: 30, completion_tokens: 72, total_tokens: 102 },
  }),
)

const [kind, port = '0'] = process.argv.slice(2)
const pages: Readonly<Record<string, string>> = { '/health': '\n', '/version': '3.17.2' }

const server = createServer((request, response) => {
  if (kind === 'stream' && request.method === 'POST') {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => stream(response, JSON.parse(body)))
    return
  }
  request.resume()
  if (kind === 'stream' || (kind === 'scoring' && request.url !== '/invocations')) {
    const page = kind === 'stream' ? undefined : pages[request.url ?? '']
    response.writeHead(page ? 200 : 404, { 'content-type': 'application/json' })
    response.end(page ?? '{"detail":"Not Found"}')
    return
  }
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length })
    response.end(answer)
  })
})
server.keepAliveTimeout = 60_000
server.listen(Number(port), '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address === 'object') process.stdout.write(`${address.port}\n`)
})

function stream(
  response: ServerResponse,
  { max_tokens: pieces, seed: pauseMs }: { readonly max_tokens: number; readonly seed: number },
): void {
  const events = streamedEvents(pieces)
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  let next = 0
  const send = (): void => {
    const event = events[next]
    next += 1
    if (event === undefined) response.end()
    else response.write(event, () => (pauseMs > 0 ? setTimeout(send, pauseMs) : setImmediate(send)))
  }
  send()
}
