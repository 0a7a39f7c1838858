import type { BodyDecision, Permit } from '@keeptrusts/core'
import type { ChatRequest } from '../call/chat-request.ts'
import { toMicroseconds } from '../call/stopwatch.ts'
import type { TargetTry } from '../call/target-try.ts'
import { toGatewayError } from '../errors/to-gateway-error.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import { isLacking, isTargetFailure, restMsOf } from '../providers/target-failure.ts'
import type { TargetRuntime } from '../providers/target-runtime.ts'
import { callProvider } from './call-provider.ts'
import { checkAnswer } from './check-answer.ts'
import type { AnswerContext } from './check-response-body.ts'
import type { CheckedAnswer } from './checked-answer.ts'

interface CallToAnswer extends AnswerContext {
  readonly asked: ChatRequest
  /** The decision that let the call pass, with the bytes that may go out. */
  readonly request: Extract<BodyDecision, { readonly body: unknown }>
  /** All that serve the model, in the order to try them. */
  readonly targets: readonly TargetRuntime[]
}

/**
 * The checked answer of the first target that gives one; each is tried once at most. The next one is tried only after a
 * failure of the server itself, while nothing of an answer has gone out and the client still waits. Throws what the last
 * try threw.
 */
export async function askTargets(
  toAnswer: CallToAnswer,
  deps: GatewayDeps,
): Promise<CheckedAnswer> {
  const { cancellation } = toAnswer.call.incoming
  let failure: unknown
  for (const turn of turns(toAnswer)) {
    try {
      return await tryOnce(turn, toAnswer, deps)
    } catch (error) {
      if (cancellation.reason !== null) throw error
      // Nothing was sent: the next one may have what this one lacks, and a server's failure says more than a lack.
      if (isLacking(error)) failure ??= error
      else if (isTargetFailure(error)) failure = error
      else throw error
    }
  }
  throw failure
}

interface Turn {
  readonly target: TargetRuntime
  readonly permit: Permit
}

/**
 * The targets whose circuits let a call through. When none does, the one whose last failure is the longest ago is asked
 * all the same: a circuit breaker keeps calls from waiting for a server that fails, it takes no model out of service.
 */
function* turns({ call, targets }: CallToAnswer): Generator<Turn> {
  let tried = false
  for (const target of targets) {
    const permit = target.circuit.enter()
    if (permit) {
      tried = true
      yield { target, permit }
    } else if (targets.length > 1)
      note(call, { target, code: 'circuit_open', status: null, duration: 0 })
  }
  if (tried) return
  const longestAgo = targets.reduce((first, target) =>
    target.circuit.lastFailure < first.circuit.lastFailure ? target : first,
  )
  yield { target: longestAgo, permit: longestAgo.circuit.enterAnyway() }
}

async function tryOnce(
  { target, permit }: Turn,
  { asked, targets, ...context }: CallToAnswer,
  deps: GatewayDeps,
): Promise<CheckedAnswer> {
  const { call, request } = context
  const start = performance.now()
  call.known.target = target
  try {
    const toSend = { call, request: asked, target, body: request.body }
    const answer = await callProvider(toSend, deps)
    const checked = await checkAnswer({ ...context, answer }, deps)
    permit.succeeded()
    const duration = performance.now() - start
    note(call, { target, code: 'ok', status: checked.upstreamStatus, duration })
    return checked
  } catch (error) {
    const { code, upstreamStatus: status } = toGatewayError(error, target)
    settle(permit, { error, status })
    note(call, { target, code, status, duration: performance.now() - start })
    if (targets.length > 1)
      deps.log.warn('target.try_failed', { request_id: call.id, target: target.id, code })
    throw error
  }
}

interface Failed {
  readonly error: unknown
  readonly status: number | null
}

/** A server that refuses a call is alive; a client that left, or a token that is missing, says nothing about it. */
function settle(permit: Permit, { error, status }: Failed): void {
  if (isTargetFailure(error)) permit.failed(restMsOf(error))
  else if (status === null) permit.released()
  else permit.succeeded()
}

interface Note {
  readonly target: TargetRuntime
  readonly code: TargetTry['code']
  readonly status: number | null
  readonly duration: number
}

function note(call: AnswerContext['call'], { target, code, status, duration }: Note): void {
  const duration_us = toMicroseconds(duration)
  call.known.tries.push({ target: target.id, code, upstream_status: status, duration_us })
}
