import { Buffer } from 'node:buffer'
import type { Call } from '../call/call.ts'
import { toGatewayError } from '../errors/to-gateway-error.ts'
import { toBlockBody, toErrorBody } from '../errors/to-response.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import { refusalInStream } from '../providers/upstream-refusal.ts'
import type { FailedStream } from '../sse/failure-events.ts'
import { failureEvents } from '../sse/failure-events.ts'
import type { SseEvent } from '../sse/sse-event.ts'
import { dataEvent, doneData } from '../sse/sse-event.ts'
import { TransportError } from '../transport/transport-error.ts'
import type { AnswerFlow } from './answer-flow.ts'
import type { AnswerContext } from './check-response-body.ts'
import type { LiveAnswer } from './checked-answer.ts'

interface Live extends AnswerContext {
  readonly answer: LiveAnswer
}

/**
 * The bytes of a stream, as far as the chain lets them through, while they come. The events that end it are held until
 * the outcome is durable (decision S3). A block ends it in order, with an error; a stream that breaks ends with an error
 * event and then throws, so that the client sees it.
 */
export async function* releaseLive(live: Live, deps: GatewayDeps): AsyncGenerator<Uint8Array> {
  const { call, answer } = live
  const { flow } = answer
  const { shape } = call.incoming.endpoint
  let settled = false
  try {
    yield* releaseText(live)
    const blocked = flow.blocked ? await flow.block() : null
    await call.journal.complete(flow.ending(answer))
    settled = true
    if (blocked === null) yield flow.last
    else
      yield ended({ shape, error: toBlockBody(blocked, 'output'), openChoices: flow.openChoices })
  } catch (error) {
    settled = true
    yield* breakOff(error, { call, flow }, deps)
  } finally {
    if (!settled) await leave(call, flow)
    await answer.batches.return?.()
  }
}

/** Everything but the end, until the upstream has ended or a policy has stopped the answer. */
async function* releaseText({ call, answer }: Live): AsyncGenerator<Uint8Array> {
  const { flow, batches } = answer
  if (answer.begun.length > 0) yield answer.begun
  for (;;) {
    const step = await batches.next()
    if (step.done) break
    const released = await flow.take(step.value)
    if (released.length > 0) yield released
    if (flow.failure) throw refusalInStream(flow.failure.data, call.known.target)
    if (flow.blocked) return
  }
  const rest = await flow.finish()
  if (rest.length > 0) yield rest
}

interface Broken {
  readonly call: Call
  readonly flow: AnswerFlow
}

async function* breakOff(
  error: unknown,
  { call, flow }: Broken,
  deps: GatewayDeps,
): AsyncGenerator<Uint8Array> {
  if (call.incoming.cancellation.reason !== null) {
    await leave(call, flow)
    throw error
  }
  const failure = toGatewayError(error, call.known.target)
  deps.log.warn('stream.broken', { request_id: call.id, code: failure.code })
  const reason = error instanceof TransportError ? `upstream_${error.problem}` : failure.code
  await abort(call, flow, reason)
  const { shape } = call.incoming.endpoint
  const failed = { shape, error: toErrorBody(failure), openChoices: [] }
  // An upstream that reported its error and ended in order gets an end in order; anything else is a broken stream.
  const orderly = failure.code === 'upstream_error' || failure.code === 'upstream_guardrail'
  yield orderly ? ended(failed) : joined(failureEvents(failed))
  if (!orderly) throw error
}

async function leave(call: Call, flow: AnswerFlow): Promise<void> {
  await abort(call, flow, call.incoming.cancellation.reason ?? 'client_disconnected')
}

/** Records what went out, with what was found in it. */
async function abort(call: Call, flow: AnswerFlow, reason: string): Promise<void> {
  const { sentBytes: bytes, usage, keptOfSent: kept } = flow
  const decision = await flow.soFar().catch(() => null)
  await call.journal.abort(reason, { bytes, usage, decision, kept }).catch(ignoreLogged)
}

/** The failure, and the end that the API gives to streams. */
function ended(failed: FailedStream): Uint8Array {
  const done = failed.shape === 'responses' ? [] : [dataEvent(doneData)]
  return joined([...failureEvents(failed), ...done])
}

function joined(events: readonly SseEvent[]): Uint8Array {
  return Buffer.concat(events.map(({ raw }) => raw))
}

/** The recorder has logged the failed append; a stream that is broken already cannot break more. */
function ignoreLogged(): void {}
