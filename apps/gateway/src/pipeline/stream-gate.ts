import type { AnswerGuard, Blocked, Passed } from '@keeptrusts/core'
import { KeeptrustsError } from '@keeptrusts/core'
import { GatewayError } from '../errors/gateway-error.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { SseEvent } from '../sse/sse-event.ts'
import { doneData, withData, withoutSideText } from '../sse/sse-event.ts'
import type { AnswerContext } from './check-response-body.ts'
import { responseInput } from './check-response-body.ts'

/** What is left when a stream is complete, and what the chain says about it; `null` without a chain. */
export interface GateEnd {
  readonly events: readonly SseEvent[]
  readonly decision: Passed | Blocked | null
}

/**
 * Where the events of a streamed answer pass the chain. Without policies that act on answers they pass as they came;
 * policies that only monitor see them all the same. Throws `GatewayError` `upstream_invalid_response` for an event that
 * cannot be read.
 */
export class StreamGate {
  readonly #guard: AnswerGuard<SseEvent> | null
  #watches: boolean
  readonly #acts: boolean

  constructor(context: AnswerContext, { engine }: Pick<GatewayDeps, 'engine'>) {
    this.#watches = engine.watchesResponses
    this.#acts = engine.actsOnResponses
    this.#guard =
      engine.policies.length === 0 ? null : engine.guardResponse<SseEvent>(responseInput(context))
  }

  /** True once a policy has stopped the answer. */
  get blocked(): boolean {
    return this.#guard !== null && this.#guard.block !== null
  }

  /** The events that may go out because of this one; of a `held` one, which is the last of them, nothing but its texts goes out before. */
  async pass(event: SseEvent, held: boolean): Promise<readonly SseEvent[]> {
    if (this.#guard === null || !this.#watches) return [event]
    if (this.#acts) return this.#push(this.#guard, event, held)
    await this.#watch(this.#guard, event, held)
    return [event]
  }

  /** What only monitors must not break a stream: an event that it cannot read ends its looking, on record. */
  async #watch(guard: AnswerGuard<SseEvent>, event: SseEvent, held: boolean): Promise<void> {
    try {
      await this.#push(guard, event, held)
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error
      guard.abandon()
      this.#watches = false
    }
  }

  async end(): Promise<GateEnd> {
    if (this.#guard === null) return { events: [], decision: null }
    const { released, decision } = await readable(this.#guard.end())
    const events = released.map(({ event, source }) => withData(event, source))
    return { events: this.#acts ? events : [], decision }
  }

  async #push(
    guard: AnswerGuard<SseEvent>,
    event: SseEvent,
    held: boolean,
  ): Promise<readonly SseEvent[]> {
    // Comments, ids and unknown fields are no part of an answer, and no policy reads them: they stay here.
    const bare = withoutSideText(event)
    if (bare === null) return []
    const { data } = bare
    if (data === null || data.trim() === '' || data === doneData) return [bare]
    const released = await readable(guard.push(data, bare, held))
    return released.map(({ event: like, source, changed }) =>
      changed ? withData(like, source) : like,
    )
  }
}

async function readable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    if (!KeeptrustsError.isInstance(cause)) throw cause
    throw new GatewayError('upstream_invalid_response', { cause })
  }
}
