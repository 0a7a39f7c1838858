import { setTimeout as pause } from 'node:timers/promises'
import { parseObject } from '../chat/chat-body.ts'
import { completeChat, quoteQuestion } from '../chat/complete-chat.ts'
import type { Script } from '../upstreams/fake-upstream.ts'
import { onPosts } from './on-posts.ts'

interface Drip {
  /** Milliseconds between two pieces. */
  readonly everyMs: number
  /** Bytes per piece; 1 by default. */
  readonly bytes?: number
}

/** A correct chat completion that trickles in, so that multi-byte characters and literals are cut anywhere. */
export function slowDrip({ everyMs, bytes = 1 }: Drip): Script {
  return onPosts(async (request, response) => {
    const completion = completeChat(parseObject(request.body) ?? {}, { answer: quoteQuestion })
    const whole = Buffer.from(JSON.stringify(completion))
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': whole.length })
    for (let at = 0; at < whole.length && !response.destroyed; at += bytes) {
      response.write(whole.subarray(at, at + bytes))
      await pause(everyMs)
    }
    response.end()
  })
}
