import type { GatewayDeps } from '../gateway-deps.ts'
import type { PlainAnswer, ProviderAnswer, StreamAnswer } from '../providers/provider.ts'
import type { TargetRuntime } from '../providers/target-runtime.ts'
import { refusalInStream } from '../providers/upstream-refusal.ts'
import type { SseEvent } from '../sse/sse-event.ts'
import { dataEvent, doneData, sideText, withData, withoutSideText } from '../sse/sse-event.ts'
import { isErrorEvent, StreamFacts } from '../sse/stream-facts.ts'
import { TransportError } from '../transport/transport-error.ts'
import type { AnswerContext } from './check-response-body.ts'
import { checkResponseBody } from './check-response-body.ts'
import type { BlockedAnswer, BufferedAnswer, CheckedAnswer, LiveAnswer } from './checked-answer.ts'
import { readCompletion } from './read-completion.ts'

interface AnswerToCheck extends AnswerContext {
  readonly answer: ProviderAnswer
}

/**
 * Runs the chain over the answer: a whole one at once; a stream after it has ended, when a policy acts on answers,
 * else it stays live. A block is a value; throws for an answer that cannot be read.
 */
export async function checkAnswer(
  { answer, ...context }: AnswerToCheck,
  deps: GatewayDeps,
): Promise<CheckedAnswer> {
  if (answer.kind === 'plain') return checkWhole(answer, context, deps)
  return deps.engine.actsOnResponses
    ? checkBuffered(answer, context, deps)
    : startLive(answer, context)
}

async function checkWhole(
  answer: PlainAnswer,
  context: AnswerContext,
  deps: GatewayDeps,
): Promise<CheckedAnswer> {
  const { text, bytes, upstreamStatus } = answer
  const facts = {
    upstreamStatus,
    ...readCompletion({ shape: context.call.incoming.endpoint.shape, text, upstreamStatus }),
  }
  if (deps.engine.policies.length === 0)
    return { kind: 'whole', text, bytes, decision: null, ...facts }
  const decision = await checkResponseBody([text], context, deps)
  if (decision.outcome === 'block') return { kind: 'blocked', decision, openChoices: [0], ...facts }
  const { changed, sources } = decision.body
  if (!changed) return { kind: 'whole', text, bytes, decision, ...facts }
  return { kind: 'whole', text: sources[0] ?? '', bytes: null, decision, ...facts }
}

async function checkBuffered(
  answer: StreamAnswer,
  context: AnswerContext,
  deps: GatewayDeps,
): Promise<BufferedAnswer | BlockedAnswer> {
  const facts = new StreamFacts(context.call.incoming.endpoint.shape)
  const reading = readAll(answer, { facts, target: context.call.known.target })
  const events = await context.call.watch.upstream(reading)
  const texts = events.filter(holdsJson)
  const side = sideText(events)
  const sources = texts.map((event) => event.data ?? '')
  // Read like a field of the answer, so that nothing goes out that no policy saw.
  if (side !== '') sources.push(JSON.stringify({ stream_side_text: side }))
  const decision = await checkResponseBody(sources, context, deps)
  const { usage, finishReasons } = facts
  const known = { upstreamStatus: answer.upstreamStatus, usage, finishReasons }
  if (decision.outcome === 'block')
    return { kind: 'blocked', decision, openChoices: facts.choices, ...known }
  const edited = new Map(texts.map((event, at) => [event, decision.body.sources[at]]))
  const replaced = events.map((event) => replace(event, edited))
  const sideEdited = side !== '' && decision.body.sources.at(-1) !== sources.at(-1)
  // Comments and ids are of no use to a client in part.
  const released = sideEdited ? replaced.flatMap((event) => withoutSideText(event) ?? []) : replaced
  return { kind: 'buffered', events: released, decision, ...known }
}

function holdsJson({ data }: SseEvent): boolean {
  return data !== null && data.trim() !== '' && data !== doneData
}

function replace(event: SseEvent, edited: ReadonlyMap<SseEvent, string | undefined>): SseEvent {
  const data = edited.get(event)
  return data === undefined || data === event.data ? event : withData(event, data)
}

interface Reading {
  readonly facts: StreamFacts
  readonly target: TargetRuntime | undefined
}

/** The whole stream, with `[DONE]` where the server forgot it; its size is bounded by the transport. Throws when it holds an error or does not come to an end. */
async function readAll(answer: StreamAnswer, { facts, target }: Reading): Promise<SseEvent[]> {
  const events: SseEvent[] = []
  for await (const batch of answer.batches) {
    for (const event of batch) {
      if (facts.note(event) === 'error') throw refusalInStream(event.data, target)
      events.push(event)
    }
  }
  if (!facts.complete) throw new TransportError('reset', { sent: true })
  if (!facts.ended) events.push(dataEvent(doneData))
  return events
}

async function startLive(answer: StreamAnswer, { call }: AnswerContext): Promise<LiveAnswer> {
  const { upstreamStatus } = answer
  const batches = answer.batches[Symbol.asyncIterator]()
  const first = await call.watch.upstream(batches.next())
  const error = first.done ? undefined : first.value.find(isErrorEvent)
  if (!error) return { kind: 'live', batches, first, upstreamStatus }
  await batches.return?.()
  throw refusalInStream(error.data, call.known.target)
}
