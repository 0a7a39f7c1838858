import type { ServerResponse } from 'node:http'
import { streamChunks } from '../chat/stream-chunks.ts'

/** A whole answer with a text body. */
export interface TextReply {
  readonly status: number
  readonly type: string
  readonly text: string
  /** The `allow` header of a 405. */
  readonly allow?: string
}

/** An answer of server-sent events with status 200. */
interface StreamReply {
  readonly chunks: readonly unknown[]
  /** Whether the stream ends with `[DONE]`. */
  readonly done: boolean
  /** Whether events carry their `type` as their name, too. */
  readonly named?: boolean
}

/** What a fake server answers. */
export type Reply = TextReply | StreamReply

/** A value as a JSON answer. */
export function json(status: number, value: unknown): TextReply {
  return { status, type: 'application/json', text: JSON.stringify(value) }
}

/** A plain text answer. */
export function plain(status: number, text: string): TextReply {
  return { status, type: 'text/plain; charset=utf-8', text }
}

/** FastAPI's answer for a path that exists for another method only. */
export function methodNotAllowed(allow: string): TextReply {
  return { ...json(405, { detail: 'Method Not Allowed' }), allow }
}

/** Sends a reply; events are `delayMs` milliseconds apart. */
export async function sendReply(
  response: ServerResponse,
  reply: Reply,
  delayMs: number,
): Promise<void> {
  if ('chunks' in reply) {
    const { chunks, done, named = false } = reply
    return streamChunks(response, chunks, { delayMs, done, named })
  }
  const bytes = Buffer.from(reply.text)
  response.writeHead(reply.status, {
    'content-type': reply.type,
    'content-length': bytes.length,
    ...(reply.allow === undefined ? {} : { allow: reply.allow }),
  })
  response.end(bytes)
}
