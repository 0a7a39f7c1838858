import type { Cancellation } from '../call/cancellation.ts'
import type { Reply } from './reply.ts'
import { isStreamBody } from './reply.ts'

/** A reply in web form: for `app.request()` and other runtimes. */
export function toWebResponse(reply: Reply, cancellation: Cancellation): Response {
  const init = { status: reply.status, headers: { ...reply.headers } }
  if (isStreamBody(reply.body))
    return new Response(webStream(reply, reply.body, cancellation), init)
  reply.onSent?.()
  return new Response(
    typeof reply.body === 'string' ? reply.body : new Uint8Array(reply.body),
    init,
  )
}

function webStream(
  reply: Reply,
  body: AsyncIterable<Uint8Array>,
  cancellation: Cancellation,
): ReadableStream<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      try {
        const step = await chunks.next()
        if (!step.done) return controller.enqueue(step.value)
        controller.close()
      } catch (error) {
        controller.error(error)
      }
      reply.onSent?.()
    },
    async cancel() {
      cancellation.cancel('client_disconnected')
      await chunks.return?.()
      reply.onSent?.()
    },
  })
}
