import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { ApiShape, BodyDecision } from '@keeptrusts/core'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { SseEvent } from '../sse/sse-event.ts'
import { dataEvent, doneData } from '../sse/sse-event.ts'
import type { EventMeaning } from '../sse/stream-facts.ts'
import { StreamFacts } from '../sse/stream-facts.ts'
import { TransportError } from '../transport/transport-error.ts'
import type { AnswerContext } from './check-response-body.ts'
import { checkResponseBody } from './check-response-body.ts'

/** Sorts the events of a live stream into what goes out now and what waits for the record, and counts what went out. */
export class LiveTally {
  /** The error that the upstream reported inside the stream; nothing after it is taken. */
  failure: SseEvent | null = null
  /** Bytes given out. */
  bytes = 0
  readonly #facts: StreamFacts
  readonly #hash = createHash('sha256')
  readonly #held: Uint8Array[] = []
  /** Ends of parts, the last of which is a finishing event (decision S3). */
  readonly #partEnds: Uint8Array[] = []
  readonly #sources: string[] = []

  constructor(shape: ApiShape) {
    this.#facts = new StreamFacts(shape)
  }

  /** The bytes of a batch that may go out at once. Throws `SseSyntaxError`. */
  take(batch: readonly SseEvent[]): Uint8Array {
    const out: Uint8Array[] = []
    for (const event of batch) {
      const meaning = this.#facts.note(event)
      if (meaning === 'error') this.failure = event
      if (this.failure !== null) break
      this.#keepSource(event, meaning)
      if (meaning === 'part_end') this.#partEnds.push(event.raw)
      // A comment says nothing about what comes next.
      else if (event.data === null) out.push(event.raw)
      else (meaning === 'content' ? out : this.#held).push(...this.#partEnds.splice(0), event.raw)
    }
    return this.#count(out)
  }

  /** The held end of the stream, with `[DONE]` where the server forgot it. Throws `TransportError` when the answer is not whole. */
  finish(): Uint8Array {
    if (!this.#facts.complete) throw new TransportError('reset', { sent: true })
    if (!this.#facts.ended) this.#held.push(dataEvent(doneData).raw)
    return this.#count([...this.#partEnds, ...this.#held])
  }

  /** Makes the outcome durable, with what monitoring policies say about the whole answer. Throws `audit_unavailable`. */
  async complete(
    { upstreamStatus, ...context }: AnswerContext & { readonly upstreamStatus: number },
    deps: GatewayDeps,
  ): Promise<void> {
    const decision = await this.#judge(context, deps)
    await context.call.journal.complete({
      ...(decision && { decision }),
      status: 200,
      upstreamStatus,
      usage: this.#facts.usage,
      finishReasons: this.#facts.finishReasons,
      released: { text: this.#hash.digest('hex'), bytes: this.bytes, of: 'body_sha256' },
    })
  }

  async #judge(context: AnswerContext, deps: GatewayDeps): Promise<BodyDecision | null> {
    if (deps.engine.policies.length === 0) return null
    return checkResponseBody(this.#sources, context, deps)
  }

  #keepSource({ data }: SseEvent, meaning: EventMeaning): void {
    if (data !== null && data.trim() !== '' && meaning !== 'done') this.#sources.push(data)
  }

  #count(parts: readonly Uint8Array[]): Uint8Array {
    const [only] = parts
    const bytes = parts.length === 1 && only ? only : Buffer.concat(parts)
    this.#hash.update(bytes)
    this.bytes += bytes.length
    return bytes
  }
}
