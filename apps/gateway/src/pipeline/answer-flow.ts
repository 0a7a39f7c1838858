import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { Blocked } from '@keeptrusts/core'
import type { Ending } from '../audit/ending.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { SseEvent } from '../sse/sse-event.ts'
import { dataEvent, doneData } from '../sse/sse-event.ts'
import { StreamFacts } from '../sse/stream-facts.ts'
import { TransportError } from '../transport/transport-error.ts'
import type { AnswerContext } from './check-response-body.ts'
import type { GateEnd } from './stream-gate.ts'
import { StreamGate } from './stream-gate.ts'

/** The way of a streamed answer: through the chain, sorted into what goes out now and what waits for the record. */
export class AnswerFlow {
  /** The error that the upstream reported inside the stream; nothing after it is taken. */
  failure: SseEvent | null = null
  /** Bytes given out. */
  bytes = 0
  /** What the client may have once the outcome is durable: the events that end the answer. */
  last: Uint8Array = Buffer.alloc(0)
  readonly #gate: StreamGate
  readonly #facts = new StreamFacts()
  readonly #hash = createHash('sha256')
  readonly #held: Uint8Array[] = []
  #end: GateEnd | null = null

  constructor(context: AnswerContext, deps: Pick<GatewayDeps, 'engine'>) {
    this.#gate = new StreamGate(context, deps)
  }

  /** True once a policy has stopped the answer: nothing more is taken. */
  get blocked(): boolean {
    return this.#gate.blocked
  }

  /** Choices that the client has not seen the end of: all that it has seen, for their ends are held. */
  get openChoices(): readonly number[] {
    return this.#facts.choices
  }

  /** The bytes of a batch that may go out at once. Throws `SseSyntaxError`, `GatewayError`. */
  async take(batch: readonly SseEvent[]): Promise<Uint8Array> {
    const out: Uint8Array[] = []
    for (const event of batch) {
      const meaning = this.#facts.note(event)
      if (meaning === 'error') this.failure = event
      if (this.failure !== null) break
      const held = meaning !== 'content'
      const events = await this.#gate.pass(event, held)
      if (this.blocked) break
      if (held) this.#hold(events.at(-1))
      for (const { raw } of held ? events.slice(0, -1) : events) out.push(raw)
    }
    return this.#count(out)
  }

  /**
   * The rest of the answer's text, once the upstream has ended; then the chain has decided.
   * Throws `TransportError` when the answer is not whole.
   */
  async finish(): Promise<Uint8Array> {
    if (!this.#facts.complete) throw new TransportError('reset', { sent: true })
    if (!this.#facts.done) this.#held.push(dataEvent(doneData).raw)
    this.#end = await this.#gate.end()
    if (this.blocked) return this.#count([])
    const rest = this.#count(this.#end.events.map(({ raw }) => raw))
    this.last = this.#count(this.#held)
    return rest
  }

  /** What the chain said when it stopped the answer. */
  async block(): Promise<Blocked> {
    this.#end ??= await this.#gate.end()
    const { decision } = this.#end
    if (decision?.outcome !== 'block') throw new Error('the answer was not blocked')
    return decision
  }

  /** What the record says about how the answer ended. */
  ending({ upstreamStatus }: { readonly upstreamStatus: number }): Ending {
    const decision = this.#end?.decision
    return {
      ...(decision && { decision }),
      status: 200,
      upstreamStatus,
      usage: this.#facts.usage,
      finishReasons: this.#facts.finishReasons,
      released: { text: this.#hash.digest('hex'), bytes: this.bytes, of: 'body_sha256' },
    }
  }

  #hold(event: SseEvent | undefined): void {
    if (event !== undefined) this.#held.push(event.raw)
  }

  #count(parts: readonly Uint8Array[]): Uint8Array {
    const [only] = parts
    const bytes = parts.length === 1 && only ? only : Buffer.concat(parts)
    this.#hash.update(bytes)
    this.bytes += bytes.length
    return bytes
  }
}
