import { gzipSync } from 'node:zlib'
import { parseObject } from '../chat/chat-body.ts'
import { completeChat, quoteQuestion } from '../chat/complete-chat.ts'
import type { Script } from '../upstreams/fake-upstream.ts'
import { onPosts } from './on-posts.ts'

/** A correct chat completion with `content-encoding: gzip`, whether it was asked for or not. */
export function gzipAnswer(): Script {
  return onPosts((request, response) => {
    const completion = completeChat(parseObject(request.body) ?? {}, { answer: quoteQuestion })
    const bytes = gzipSync(JSON.stringify(completion))
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      'content-length': bytes.length,
    })
    response.end(bytes)
  })
}
