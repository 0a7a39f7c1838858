import type { Script } from '../upstreams/fake-upstream.ts'
import { onPosts } from './on-posts.ts'

/** A whole answer. */
export interface FixedAnswer {
  /** 200 by default. */
  readonly status?: number
  /** `application/json` by default; `null` sends none. */
  readonly type?: string | null
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

/** Answers every call with the same status, headers and bytes. */
export function answerWith({
  status = 200,
  type = 'application/json',
  headers,
  body,
}: FixedAnswer): Script {
  return onPosts((_, response) => {
    response.writeHead(status, { ...(type === null ? {} : { 'content-type': type }), ...headers })
    response.end(body)
  })
}
