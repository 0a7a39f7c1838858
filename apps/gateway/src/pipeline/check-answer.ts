import { Buffer } from 'node:buffer'
import type { Blocked, Passed } from '@keeptrusts/core'
import { contentOfAnswer } from '../audit/content/content-of-call.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { PlainAnswer, ProviderAnswer, StreamAnswer } from '../providers/provider.ts'
import { refusalInStream } from '../providers/upstream-refusal.ts'
import { AnswerFlow } from './answer-flow.ts'
import type { AnswerContext } from './check-response-body.ts'
import { checkResponseBody, responseInput } from './check-response-body.ts'
import type { BlockedAnswer, CheckedAnswer, LiveAnswer } from './checked-answer.ts'
import { readCompletion } from './read-completion.ts'

interface AnswerToCheck extends AnswerContext {
  readonly answer: ProviderAnswer
}

/**
 * Runs the chain over the answer: over a whole one at once, over a stream while it goes out.
 * A block is a value; throws for an answer that cannot be read.
 */
export async function checkAnswer(
  { answer, ...context }: AnswerToCheck,
  deps: GatewayDeps,
): Promise<CheckedAnswer> {
  return answer.kind === 'plain'
    ? checkWhole(answer, context, deps)
    : startLive(answer, context, deps)
}

async function checkWhole(
  answer: PlainAnswer,
  context: AnswerContext,
  deps: GatewayDeps,
): Promise<CheckedAnswer> {
  const { text, bytes, upstreamStatus } = answer
  const { shape } = context.call.incoming.endpoint
  const facts = { upstreamStatus, ...readCompletion({ shape, text, upstreamStatus }) }
  const kept = (released: string | null) =>
    contentOfAnswer({ sent: text, released }, deps.recorder.content)
  const untouched = { kind: 'whole', text, bytes, ...facts } as const
  if (deps.engine.policies.length === 0) return { ...untouched, decision: null, kept: kept(text) }
  if (!deps.engine.actsOnResponses) {
    const decision = await watchWhole(text, context, deps)
    return { ...untouched, decision, kept: kept(text) }
  }
  const decision = await checkResponseBody(text, context, deps)
  if (decision.outcome === 'block')
    return { kind: 'blocked', decision, openChoices: [0], kept: kept(null), ...facts }
  const { changed, source } = decision.body
  if (!changed) return { ...untouched, decision, kept: kept(text) }
  return { ...untouched, text: source, bytes: null, decision, kept: kept(source) }
}

/** What policies that only monitor say; an answer that they cannot read goes out all the same, and that is recorded. */
async function watchWhole(
  text: string,
  context: AnswerContext,
  deps: GatewayDeps,
): Promise<Passed | Blocked> {
  try {
    return await checkResponseBody(text, context, deps)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    const guard = deps.engine.guardResponse(responseInput(context))
    guard.abandon()
    return (await guard.end()).decision
  }
}

/** Reads until something may go out: an error or a block before that still gets an HTTP status. */
async function startLive(
  answer: StreamAnswer,
  context: AnswerContext,
  deps: GatewayDeps,
): Promise<LiveAnswer | BlockedAnswer> {
  const { upstreamStatus } = answer
  const { call } = context
  const batches = answer.batches[Symbol.asyncIterator]()
  const flow = new AnswerFlow(context, deps)
  try {
    const begun: Uint8Array[] = []
    while (!flow.begun) {
      const step = await batches.next()
      // An answer without an event is none: this throws.
      begun.push(step.done ? await flow.finish() : await flow.take(step.value))
      if (flow.failure) throw refusalInStream(flow.failure.data, call.known.target)
      if (step.done || flow.blocked) break
    }
    if (!flow.blocked)
      return { kind: 'live', batches, flow, begun: Buffer.concat(begun), upstreamStatus }
    const { openChoices } = flow
    const decision = await flow.block()
    await batches.return?.()
    return {
      ...{ kind: 'blocked', decision, openChoices, upstreamStatus },
      ...{ usage: null, finishReasons: [], kept: flow.kept },
    }
  } catch (error) {
    await batches.return?.()
    throw error
  }
}
