import { gzipSync } from 'node:zlib'
import type { Script } from './fake-upstream.ts'
import { answer } from './http-server.ts'

const chunk = (content: string) =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`

/** What model servers do when they fail; each is a script for `startFakeUpstream`. */
export const faults = {
  /** Takes the request and never answers. */
  hang: (() => {}) as Script,
  /** Sends the beginning of a stream and then nothing. */
  hangInStream: (({ response }) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(chunk('Once upon'))
  }) as Script,
  /** Sends the beginning of a stream and breaks the connection. */
  resetInStream: (({ response }) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(chunk('Once upon'), () =>
      setTimeout(() => response.socket?.resetAndDestroy(), 20),
    )
  }) as Script,
  /** Breaks the connection before a byte of the answer. */
  reset: (({ response }) => response.socket?.resetAndDestroy()) as Script,
  /** A proxy's error page. */
  html: (({ response }) =>
    answer(response, 502, '<html><body>Bad gateway</body></html>', 'text/html')) as Script,
  /** A login page with status 200. */
  htmlOk: (({ response }) =>
    answer(response, 200, '<html><body>Sign in</body></html>', 'text/html')) as Script,
  /** Status 200 with an error in the body. */
  errorInside200: (({ response }) =>
    answer(response, 200, { error: { message: 'out of memory', type: 'server_error' } })) as Script,
  /** An answer compressed against the client's wish. */
  gzip: (({ response }) => {
    const text = JSON.stringify({
      choices: [
        { index: 0, message: { role: 'assistant', content: 'packed' }, finish_reason: 'stop' },
      ],
    })
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
    response.end(gzipSync(text))
  }) as Script,
}

/** Answers every call with one status and body. */
export function fixedAnswer(status: number, body: unknown, type?: string): Script {
  return ({ response }) => answer(response, status, body, type)
}

/** Sends an answer of about `bytes` bytes of text, as one choice. */
export function hugeAnswer(bytes: number): Script {
  const content = 'a'.repeat(bytes)
  return fixedAnswer(200, {
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  })
}
