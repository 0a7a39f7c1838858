import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Script } from '../upstreams/fake-upstream.ts'
import { onPosts } from './on-posts.ts'

interface Huge {
  /** Length of the answer's text in bytes. */
  readonly bytes: number
  /** Sent compressed: a few kilobytes on the wire. */
  readonly gzip?: boolean
}

/** A correct chat completion of any size, without a content length. */
export function hugeAnswer({ bytes, gzip = false }: Huge): Script {
  return onPosts(async (_, response) => {
    response.writeHead(200, {
      'content-type': 'application/json',
      ...(gzip ? { 'content-encoding': 'gzip' } : {}),
    })
    const source = Readable.from(pieces(bytes), { objectMode: false })
    // The client is expected to hang up on this.
    await pipeline(gzip ? [source, createGzip(), response] : [source, response]).catch(() => {})
  })
}

const filler = 'All is well. '.repeat(5000)

function* pieces(bytes: number): Generator<string> {
  yield '{"id":"chatcmpl-fake","object":"chat.completion","created":1700000000,"model":"my-chat-model","choices":[{"index":0,"message":{"role":"assistant","content":"'
  for (let left = bytes; left > 0; left -= filler.length) yield filler.slice(0, left)
  yield '"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}'
}
