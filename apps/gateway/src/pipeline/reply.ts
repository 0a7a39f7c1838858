import { Buffer } from 'node:buffer'
import type { ApiShape } from '@keeptrusts/core'
import type { ChatRequest } from '../call/chat-request.ts'
import { toBlockReply } from '../errors/to-response.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { Reply } from '../http/reply.ts'
import { streamOf } from '../sse/stream-of.ts'
import { answerHeaders } from './answer-headers.ts'
import type { AnswerContext } from './check-response-body.ts'
import type { CheckedAnswer, WholeAnswer } from './checked-answer.ts'
import { releaseLive } from './release-live.ts'

interface Answered extends AnswerContext {
  readonly asked: ChatRequest
  readonly answer: CheckedAnswer
}

/** The reply for an answer: plain or stream as the client asked, whatever the upstream can do. */
export async function reply(
  { asked, answer, ...context }: Answered,
  deps: GatewayDeps,
): Promise<Reply> {
  const headers = answerHeaders(context.call)
  const { shape } = context.call.incoming.endpoint
  const stream = { status: 200, headers: { ...headers, ...streamHeaders } }
  const heartbeat = { text: silenceComment, afterMs: deps.silenceMs }
  switch (answer.kind) {
    case 'live':
      return { ...stream, body: releaseLive({ ...context, answer }, deps), heartbeat }
    case 'blocked': {
      const { decision, openChoices } = answer
      const status = deps.config.enforcement.block_status
      return { ...toBlockReply({ decision, stage: 'output', status }, headers), openChoices }
    }
    case 'whole':
      return asked.stream
        ? { ...stream, body: asStream(answer, asked, shape) }
        : whole(answer, headers)
  }
}

/** Keeps clients and proxies from giving up on a stream that is silent (decision C9). */
export const silenceComment = Buffer.from(': keeptrusts\n\n')

/** How long a stream lasts is not known at its head; caches and buffering proxies would break it. */
export const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache',
  'x-accel-buffering': 'no',
}

function whole({ bytes, text }: WholeAnswer, headers: Readonly<Record<string, string>>): Reply {
  const plain = { ...headers, 'content-type': 'application/json' }
  return { status: 200, headers: plain, body: bytes ?? text }
}

function asStream(
  { text }: WholeAnswer,
  { includeUsage }: ChatRequest,
  shape: ApiShape,
): Uint8Array {
  const events = streamOf({ shape, text, includeUsage })
  return Buffer.concat(events.map((event) => event.raw))
}
