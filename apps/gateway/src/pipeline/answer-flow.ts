import { Buffer } from 'node:buffer'
import type { Hash } from 'node:crypto'
import { createHash } from 'node:crypto'
import type { Blocked } from '@keeptrusts/core'
import { ContentGatherer } from '../audit/content/content-gatherer.ts'
import type { KeptContent } from '../audit/content/kept-content.ts'
import type { Ending } from '../audit/ending.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { SseEvent } from '../sse/sse-event.ts'
import { dataEvent, doneData } from '../sse/sse-event.ts'
import type { EventMeaning } from '../sse/stream-facts.ts'
import { endsPart, StreamFacts } from '../sse/stream-facts.ts'
import type { TokenUsage } from '../sse/token-usage.ts'
import { TransportError } from '../transport/transport-error.ts'
import type { AnswerContext } from './check-response-body.ts'
import type { GateEnd } from './stream-gate.ts'
import { StreamGate } from './stream-gate.ts'

/** The way of a streamed answer: through the chain, sorted into what goes out now and what waits for the record. */
export class AnswerFlow {
  /** The error that the upstream reported inside the stream; nothing after it is taken. */
  failure: SseEvent | null = null
  /** True once an event of the answer went out or waits for the record; a comment is none. */
  begun = false
  /** Bytes given out. */
  bytes = 0
  /** What the client may have once the outcome is durable: the events that end the answer. */
  last: Uint8Array = Buffer.alloc(0)
  readonly #gate: StreamGate
  readonly #facts: StreamFacts
  /** `null` when not even a hash of the answer is kept. */
  readonly #hash: Hash | null
  /** What the model sends, or what is released of it; `null` when neither is kept. */
  readonly #sent: ContentGatherer | null
  readonly #released: ContentGatherer | null
  readonly #held: Uint8Array[] = []
  /** Ends of parts, the last of which is a finishing event (decision S3). */
  #partEnds: Uint8Array[] = []
  #end: GateEnd | null = null

  constructor(context: AnswerContext, deps: Pick<GatewayDeps, 'engine' | 'recorder'>) {
    const { content } = deps.recorder
    this.#hash = content === 'none' ? null : createHash('sha256')
    this.#sent = content === 'full' ? new ContentGatherer() : null
    this.#released = content === 'redacted' ? new ContentGatherer() : null
    this.#gate = new StreamGate(context, deps)
    this.#facts = new StreamFacts(context.call.incoming.endpoint.shape)
  }

  /** True once a policy has stopped the answer: nothing more is taken. */
  get blocked(): boolean {
    return this.#gate.blocked
  }

  /** Tokens, as far as the model server has told. */
  get usage(): TokenUsage | null {
    return this.#facts.usage
  }

  /** Choices that the client has not seen the end of: all that it has seen, for their ends are held. */
  get openChoices(): readonly number[] {
    return this.#facts.choices
  }

  /** The bytes of a batch that may go out at once. Throws `SseSyntaxError`, `GatewayError`. */
  async take(batch: readonly SseEvent[]): Promise<Uint8Array> {
    const out: Uint8Array[] = []
    for (const event of batch) {
      this.#sent?.add(event.raw)
      const meaning = this.#facts.note(event)
      if (meaning === 'error') this.failure = event
      if (this.failure !== null) break
      const events = await this.#gate.pass(event, meaning !== 'content' && meaning !== 'part_end')
      if (this.blocked) break
      this.#sort(events, meaning, out)
    }
    return this.#count(out)
  }

  /** What waits for the record is kept; everything before it, and content, goes `out`. */
  #sort(events: readonly SseEvent[], meaning: EventMeaning, out: Uint8Array[]): void {
    const last = events.at(-1)
    if (last === undefined) return
    const before = meaning === 'content' ? events : events.slice(0, -endsIn(events, meaning))
    this.begun ||= events.some(({ data }) => data !== null && data.trim() !== '')
    // A comment says nothing about what comes next.
    if (before.some(({ data }) => data !== null)) out.push(...this.#takePartEnds())
    for (const { raw } of before) out.push(raw)
    if (meaning === 'content') return
    if (meaning === 'part_end')
      for (const { raw } of events.slice(before.length)) this.#partEnds.push(raw)
    else this.#held.push(...this.#takePartEnds(), last.raw)
  }

  #takePartEnds(): Uint8Array[] {
    const ends = this.#partEnds
    this.#partEnds = []
    return ends
  }

  /**
   * The rest of the answer's text, once the upstream has ended; then the chain has decided.
   * Throws `TransportError` when the answer is not whole.
   */
  async finish(): Promise<Uint8Array> {
    if (!this.#facts.complete) throw new TransportError('reset', { sent: true })
    if (!this.#facts.ended) this.#held.push(dataEvent(doneData).raw)
    this.#end = await this.#gate.end()
    if (this.blocked) return this.#count([])
    const rest = this.#count(this.#end.events.map(({ raw }) => raw))
    this.last = this.#count([...this.#takePartEnds(), ...this.#held])
    return rest
  }

  /** What the chain said when it stopped the answer. */
  async block(): Promise<Blocked> {
    this.#end ??= await this.#gate.end()
    const { decision } = this.#end
    if (decision?.outcome !== 'block') throw new Error('the answer was not blocked')
    return decision
  }

  /** What the chain says about what has come, when no more will. */
  async soFar(): Promise<GateEnd['decision']> {
    this.#end ??= await this.#gate.end()
    return this.#end.decision
  }

  /** Bytes that the client may have got while the end waited for the record. */
  get sentBytes(): number {
    return this.bytes - this.last.length
  }

  /** What is kept of the answer so far. */
  get kept(): KeptContent | null {
    return this.#sent?.kept() ?? this.#released?.kept(this.bytes) ?? null
  }

  /** What is kept of an answer whose end the client did not get. */
  get keptOfSent(): KeptContent | null {
    return this.#sent?.kept() ?? this.#released?.kept(this.sentBytes) ?? null
  }

  /** What the record says about how the answer ended. */
  ending({ upstreamStatus }: { readonly upstreamStatus: number }): Ending {
    const decision = this.#end?.decision
    // The ends that the model server gave to the choices never went out.
    const finishReasons = this.blocked ? ['content_filter'] : this.#facts.finishReasons
    const hash = this.#hash?.digest('hex') ?? null
    return {
      ...(decision && { decision }),
      status: 200,
      upstreamStatus,
      usage: this.#facts.usage,
      finishReasons,
      released: { text: hash, bytes: this.bytes, of: 'body_sha256', kept: this.kept },
    }
  }

  #count(parts: readonly Uint8Array[]): Uint8Array {
    const [only] = parts
    const bytes = parts.length === 1 && only ? only : Buffer.concat(parts)
    this.#hash?.update(bytes)
    this.#released?.add(bytes)
    this.bytes += bytes.length
    return bytes
  }
}

/** How many events at the end of these wait: of a call that was held and goes out with its end, all that end a part of it. */
function endsIn(events: readonly SseEvent[], meaning: EventMeaning): number {
  if (meaning !== 'part_end') return 1
  const ends = events.findLastIndex(({ data }) => data !== null && !endsPart(data))
  return Math.max(1, events.length - 1 - ends)
}
