import type { ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { streamedEvents } from './streamed-answer.ts'

// The model server that every measured path ends at: a constant chat completion, as cheap as Node can answer.
// What a call asks for stands at the end of its body, so that a long one need not be parsed: `seed` milliseconds pass before the
// answer, and between the `max_tokens` pieces of a stream.
// `upstream.js scoring [PORT]` answers as `mlflow models serve` does: only `/invocations`, and pages by which it is known.
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

/** Bytes at the end of a body in which wishes are looked for. */
const WISHES = 256
const [kind, port = '0'] = process.argv.slice(2)
const pages: Readonly<Record<string, string>> = { '/health': '\n', '/version': '3.17.2' }

const server = createServer((request, response) => {
  const place = `${request.method} ${request.url}`
  if (!(kind === 'scoring' ? /^POST \/invocations$/ : /^POST /).test(place)) {
    request.resume()
    const page = kind === 'scoring' ? pages[request.url ?? ''] : undefined
    response.writeHead(page ? 200 : 404, { 'content-type': 'application/json' })
    response.end(page ?? '{"detail":"Not Found"}')
    return
  }
  let last: Buffer = Buffer.alloc(0)
  request.on('data', (chunk: Buffer) => {
    last = chunk.length < WISHES ? Buffer.concat([last, chunk]).subarray(-WISHES) : chunk
  })
  request.on('end', () => {
    const wishes = last.subarray(-WISHES).toString('latin1')
    const number = (name: string) => Number(new RegExp(`"${name}":(\\d+)`).exec(wishes)?.[1] ?? 0)
    const pauseMs = number('seed')
    if (/"stream":true/.test(wishes)) stream(response, number('max_tokens'), pauseMs)
    else if (pauseMs > 0) setTimeout(reply, pauseMs, response)
    else reply(response)
  })
})
server.keepAliveTimeout = 60_000
server.listen(Number(port), '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address === 'object') process.stdout.write(`${address.port}\n`)
})

function reply(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length })
  response.end(answer)
}

function stream(response: ServerResponse, pieces: number, pauseMs: number): void {
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
