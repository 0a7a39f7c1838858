import { Buffer } from 'node:buffer'
import type { ApiShape } from '@keeptrusts/core'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { Reply } from '../http/reply.ts'
import { isStreamBody } from '../http/reply.ts'
import { failureEvents } from '../sse/failure-events.ts'
import { dataEvent, doneData } from '../sse/sse-event.ts'
import { silenceComment, streamHeaders } from './reply.ts'

interface Awaited {
  readonly reply: Promise<Reply>
  readonly shape: ApiShape
  /** What the head carries if it has to go out before the reply is there. */
  readonly headers: () => Readonly<Record<string, string>>
}

/**
 * The reply of a stream; when it takes longer than `deps.silenceMs`, its head goes out with comments, and what comes
 * then, also an error, follows as events. `reply` never rejects.
 */
export async function bridgeSilence(
  { reply, shape, headers }: Awaited,
  { silenceMs }: GatewayDeps,
): Promise<Reply> {
  const early = await inTime(reply, silenceMs)
  if (early) return early
  const head = { ...headers(), ...streamHeaders }
  const heartbeat = { text: silenceComment, afterMs: silenceMs }
  return { status: 200, headers: head, body: commentThen(reply, shape), heartbeat }
}

async function* commentThen(reply: Promise<Reply>, shape: ApiShape): AsyncGenerator<Uint8Array> {
  yield silenceComment
  const arrived = await reply
  if (arrived.error) yield failed(arrived, shape)
  else if (isStreamBody(arrived.body)) yield* arrived.body
  else yield Buffer.from(arrived.body)
}

function failed({ error, openChoices = [] }: Reply, shape: ApiShape): Uint8Array {
  const events = error ? failureEvents({ shape, error, openChoices }) : []
  if (shape !== 'responses') events.push(dataEvent(doneData))
  return Buffer.concat(events.map((event) => event.raw))
}

/** `null` when nothing came within `ms`. */
async function inTime(reply: Promise<Reply>, ms: number): Promise<Reply | null> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ms, null)
  })
  try {
    return await Promise.race([reply, silence])
  } finally {
    clearTimeout(timer)
  }
}
