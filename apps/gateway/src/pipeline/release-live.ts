import { Buffer } from 'node:buffer'
import type { Call } from '../call/call.ts'
import { toGatewayError } from '../errors/to-gateway-error.ts'
import { toErrorBody } from '../errors/to-response.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import { refusalInStream } from '../providers/upstream-refusal.ts'
import { failureEvents } from '../sse/failure-events.ts'
import { dataEvent, doneData } from '../sse/sse-event.ts'
import { TransportError } from '../transport/transport-error.ts'
import type { AnswerContext } from './check-response-body.ts'
import type { LiveAnswer } from './checked-answer.ts'
import { LiveTally } from './live-tally.ts'

interface Live extends AnswerContext {
  readonly answer: LiveAnswer
}

/**
 * The bytes of a stream that no policy acts on, as they come. Its finishing events are held until the outcome is
 * durable (decision S3). A stream that breaks ends with an error event and then throws, so that the client sees it.
 */
export async function* releaseLive(live: Live, deps: GatewayDeps): AsyncGenerator<Uint8Array> {
  const { call, answer } = live
  const tally = new LiveTally(call.incoming.endpoint.shape)
  let settled = false
  try {
    let step = answer.first
    while (!step.done) {
      const released = tally.take(step.value)
      if (released.length > 0) yield released
      if (tally.failure) throw refusalInStream(tally.failure.data, call.known.target)
      step = await call.watch.upstream(answer.batches.next())
    }
    const last = tally.finish()
    await tally.complete({ ...live, upstreamStatus: answer.upstreamStatus }, deps)
    settled = true
    yield last
  } catch (error) {
    settled = true
    yield* breakOff(error, { live, tally }, deps)
  } finally {
    if (!settled) await leave(call, tally)
    await answer.batches.return?.()
  }
}

interface Broken {
  readonly live: Live
  readonly tally: LiveTally
}

async function* breakOff(
  error: unknown,
  { live, tally }: Broken,
  deps: GatewayDeps,
): AsyncGenerator<Uint8Array> {
  const { call } = live
  if (call.incoming.cancellation.reason !== null) {
    await leave(call, tally)
    throw error
  }
  const failure = toGatewayError(error, call.known.target)
  deps.log.warn('stream.broken', { request_id: call.id, code: failure.code })
  const reason = error instanceof TransportError ? `upstream_${error.problem}` : failure.code
  await call.journal.abort(reason, tally.bytes).catch(ignoreLogged)
  // An upstream that reported its error and ended in order gets an end in order; anything else is a broken stream.
  const orderly = failure.code === 'upstream_error' || failure.code === 'upstream_guardrail'
  const { shape } = call.incoming.endpoint
  const events = failureEvents({ shape, error: toErrorBody(failure), openChoices: [] })
  if (orderly && shape !== 'responses') events.push(dataEvent(doneData))
  yield Buffer.concat(events.map((event) => event.raw))
  if (!orderly) throw error
}

async function leave(call: Call, tally: LiveTally): Promise<void> {
  const reason = call.incoming.cancellation.reason ?? 'client_disconnected'
  await call.journal.abort(reason, tally.bytes).catch(ignoreLogged)
}

/** The recorder has logged the failed append; a stream that is broken already cannot break more. */
function ignoreLogged(): void {}
