import type { Script } from '../upstreams/fake-upstream.ts'
import { answerWith } from './answer-with.ts'
import { gzipAnswer } from './gzip-answer.ts'
import { hugeAnswer } from './huge-answer.ts'
import { onPosts } from './on-posts.ts'
import { slowDrip } from './slow-drip.ts'
import { sendStreamStart } from './stream-start.ts'

/** Accepts the call and never answers. */
function hangBeforeHeaders(): Script {
  return onPosts(() => {})
}

/** Streams some pieces of content and then says nothing more. */
function hangMidStream(pieces: readonly string[] = ['Hello']): Script {
  return onPosts((_, response) => sendStreamStart(response, pieces))
}

/** Resets the connection (RST) instead of answering. */
function resetBeforeHeaders(): Script {
  return onPosts((_, response) => {
    response.socket?.resetAndDestroy()
  })
}

/** Streams some pieces of content and resets the connection (RST). */
function resetMidStream(pieces: readonly string[] = ['Hello']): Script {
  return onPosts(async (_, response) => {
    await sendStreamStart(response, pieces)
    response.socket?.resetAndDestroy()
  })
}

/** Streams some pieces of content and ends the body in an orderly way: no finish reason, no `[DONE]`. */
function endMidStream(pieces: readonly string[] = ['Hello']): Script {
  return onPosts(async (_, response) => {
    await sendStreamStart(response, pieces)
    response.end()
  })
}

/** Streams some pieces of content, then an event with an error, as MLflow does with HTTP 200. */
function errorMidStream(message: string, pieces: readonly string[] = ['Hello']): Script {
  return onPosts(async (_, response) => {
    await sendStreamStart(response, pieces)
    response.end(`data: ${JSON.stringify({ error: { message, type: message } })}\n\n`)
  })
}

/** An HTML page, as a proxy in between would answer. */
function htmlAnswer(status: number, text = 'Sign in'): Script {
  const body = `<!doctype html><html><body><h1>${text}</h1></body></html>`
  return answerWith({ status, type: 'text/html; charset=utf-8', body })
}

/** Status 200 with an error as the body. */
function errorWith200(message: string): Script {
  return answerWith({ body: JSON.stringify({ error: { message, type: message, code: message } }) })
}

/** Fewer bytes than `content-length` promises, then the connection closes. */
function truncatedAnswer(): Script {
  return onPosts((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
    response.write('{"id":"chatcmpl-fake","choices":[', () => response.destroy())
  })
}

/** Scripts for `startFakeUpstream` that misbehave on calls; probes are answered as usual. */
export const faults = {
  hangBeforeHeaders,
  hangMidStream,
  resetBeforeHeaders,
  resetMidStream,
  endMidStream,
  errorMidStream,
  htmlAnswer,
  errorWith200,
  truncatedAnswer,
  slowDrip,
  hugeAnswer,
  gzipAnswer,
} as const
