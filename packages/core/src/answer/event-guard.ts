import type { Block } from '../engine/decision.ts'
import type { EngineParts } from '../engine/engine-parts.ts'
import type { Pacer } from '../engine/pacer.ts'
import { createPacer } from '../engine/pacer.ts'
import { KeeptrustsError } from '../errors/keeptrusts-error.ts'
import type { JsonNode } from '../json/json-node.ts'
import { extractBody } from '../message/extracted-body.ts'
import type { Leaf } from '../message/extraction.ts'
import type { ApiShape, Unscannable } from '../message/segment.ts'
import type { AnswerGuard, ReleasedEvent } from './answer-guard.ts'
import type { AnswerSession } from './answer-session.ts'
import type { Answer } from './check-answer.ts'
import { checkLeaf, concludeAnswer, openSession, pushSlices } from './check-answer.ts'
import { isPiece } from './growing-text.ts'
import { textOf } from './piece.ts'
import type { EventFrame } from './repeated-event.ts'
import { frameAround, textInFrame, withText } from './repeated-event.ts'
import type { EventText, RestFrame } from './rest-event.ts'
import { restEvent, restFrame } from './rest-event.ts'
import { Sequence } from './sequence.ts'
import type { TextGuard } from './text-guard.ts'
import { ToolHold } from './tool-hold.ts'

/** A text of the answer that is still growing. */
interface Channel<Event> {
  readonly guard: TextGuard
  /** What brings the rest of it: made after the event in which its latest piece stood. */
  frame: RestFrame
  event: Event
}

/** The event in which a text stands. */
interface Place<Event> {
  readonly source: string
  readonly root: JsonNode
  readonly event: Event
  readonly held: boolean
}

/** The event before, as far as the next one may repeat it. */
interface Frame<Event> extends EventFrame {
  readonly channel: Channel<Event>
}

/** More texts than any model writes at once, and more around them than names need: each costs memory until the answer ends. */
const mostChannels = 1024
const mostKept = 4 * 1024 * 1024
/** A longer piece is pushed in slices. */
const longPiece = 16 * 1024
/** A name that comes in pieces is looked at up to this length. */
const longestName = 1024

/** Looks after the stream of one answer. */
export class EventGuard<Event> implements AnswerGuard<Event> {
  readonly #parts: EngineParts
  readonly #answer: Answer
  readonly #shape: ApiShape
  readonly #session: AnswerSession
  readonly #channels = new Map<string, Channel<Event>>()
  readonly #ended = new Set<string>()
  readonly #unscannable: Unscannable[] = []
  /** Where events that carry a call wait for the verdict on it; `null` when nobody judges calls. */
  readonly #tools: ToolHold<Event> | null
  readonly #sequence = new Sequence()
  readonly #names = new Map<string, string>()
  #frame: Frame<Event> | null = null
  #texts = 0
  #kept = 0

  constructor(parts: EngineParts, answer: Answer, shape: ApiShape) {
    this.#parts = parts
    this.#answer = answer
    this.#shape = shape
    this.#session = openSession(parts, answer, { shape })
    this.#tools = this.#session.judgesTools ? new ToolHold(this.#session, shape) : null
  }

  get block(): Block | null {
    return this.#session.block
  }

  async push(source: string, event: Event, held = false): Promise<readonly ReleasedEvent<Event>[]> {
    const released = await this.#pushTexts(source, event, held)
    return this.#tools === null ? released : this.#tools.pass(released, held)
  }

  async #pushTexts(
    source: string,
    event: Event,
    held: boolean,
  ): Promise<readonly ReleasedEvent<Event>[]> {
    if (this.block !== null) return []
    const repeated = held ? null : this.#pushRepeated(source, event)
    if (repeated !== null) return repeated
    const body = extractBody(source, {
      form: 'answer',
      shape: this.#shape,
      dropLogprobs: this.#parts.actsOnResponses,
    })
    for (const skipped of body.unscannable) this.#unscannable.push(skipped)
    const before: ReleasedEvent<Event>[] = []
    const pacer = createPacer()
    for (const leaf of body.leaves) {
      const released = this.#isPiece(leaf)
        ? await this.#lookAtPiece(leaf, { source, root: body.root, event, held }, pacer)
        : await this.#lookAtWhole(leaf, pacer)
      if (this.block !== null) return []
      before.push(...released)
    }
    const numbered = this.#numbered(before)
    const number = this.#shape === 'responses' ? this.#sequence.renumber(source, body.root) : null
    if (number !== null) body.replace(number)
    const { source: out, changed } = body.finish()
    this.#frame = held ? null : this.#frameOf(body.leaves)
    return [...numbered, { source: out, event, changed }]
  }

  /** An event like the one before it but for one piece of text. */
  #pushRepeated(source: string, event: Event): readonly ReleasedEvent<Event>[] | null {
    const frame = this.#frame
    const text = frame && textInFrame(frame, source)
    if (!frame || text === null || text.length > longPiece) return null
    const { channel } = frame
    channel.event = event
    const released = textOf(channel.guard.push(text))
    if (this.block !== null) return []
    const changed =
      released !== text || frame.before !== frame.beforeOut || frame.after !== frame.afterOut
    return [{ source: changed ? withText(frame, released) : source, event, changed }]
  }

  /** What the next event may repeat: everything around the text, when it is the only one. */
  #frameOf(leaves: readonly Leaf[]): Frame<Event> | null {
    const [leaf, other] = leaves.filter(({ kind }) => kind === 'text')
    const channel = leaf && this.#channels.get(leaf.context.place.channel)
    const [literal, more] = leaf?.strand.literals ?? []
    // Events of the Responses API count themselves: none repeats another.
    if (other || more || !literal || !channel || this.#shape === 'responses') return null
    return { channel, ...frameAround(literal.node, literal.body) }
  }

  abandon(): void {
    this.#session.abandon()
  }

  async end() {
    await this.#session.judge()
    const released: ReleasedEvent<Event>[] = []
    for (const channel of [...this.#channels.values()]) {
      if (this.block !== null) break
      released.push(...this.#rest(channel, textOf(channel.guard.end())))
    }
    const rest = this.block === null ? this.#numbered(released) : []
    const last = this.#tools === null ? rest : this.#tools.end(rest)
    const unscannable = this.#unscannable
    const decision = concludeAnswer(this.#parts, this.#answer, {
      session: this.#session,
      unscannable,
    })
    return { released: this.block === null ? last : [], decision }
  }

  #isPiece({ kind, isKey, context }: Leaf): boolean {
    if (kind === 'identifier' || isKey === true) return false
    return isPiece(context.place.channel, context.whole === true, this.#shape)
  }

  /** The growing text at the place of a piece. */
  #channelOf({ context, form }: Leaf, at: EventText, event: Event): Channel<Event> {
    const name = context.place.channel
    const frame = restFrame(at)
    const size = ({ before, after }: RestFrame): number => before.length + after.length
    const known = this.#channels.get(name)
    this.#kept += size(frame) - (known === undefined ? 0 : size(known.frame))
    if (this.#kept > mostKept) throw outOfOrder()
    if (known !== undefined) return Object.assign(known, { frame, event })
    if (this.#texts >= mostChannels || this.#ended.has(name)) throw outOfOrder()
    this.#texts += 1
    const channel = { guard: this.#session.guard(context, form), frame, event }
    this.#channels.set(name, channel)
    return channel
  }

  /** Looks at a piece of a text, writes what may go out of it into its event, and gives what must go out before that. */
  async #lookAtPiece(
    leaf: Leaf,
    { source, root, event, held }: Place<Event>,
    pacer: Pacer,
  ): Promise<readonly ReleasedEvent<Event>[]> {
    const { strand } = leaf
    const node = strand.literals[0]?.node
    if (node === undefined) return []
    const channel = this.#channelOf(leaf, { source, root, node }, event)
    const released = textOf(await pushSlices(channel.guard, strand.text, pacer))
    const stays = held ? '' : released
    if (stays !== strand.text) strand.edit([{ start: 0, end: strand.text.length, text: stays }])
    return held ? this.#rest(channel, released) : []
  }

  /** Looks at a text that is whole in its event; gives the rest of the pieces that it repeats. */
  async #lookAtWhole(leaf: Leaf, pacer: Pacer): Promise<readonly ReleasedEvent<Event>[]> {
    const rest = this.#close(leaf)
    this.#growName(leaf)
    await checkLeaf(this.#session, leaf, pacer)
    return rest
  }

  /** Clients join the names of tools too: one that comes in pieces is looked at as far as it has come. */
  #growName({ kind, context, strand }: Leaf): void {
    const { channel } = context.place
    if (kind !== 'identifier' || !growingName.test(channel)) return
    const before = this.#names.get(channel) ?? ''
    if (before.length + strand.text.length > longestName || this.#names.size >= mostChannels) return
    this.#names.set(channel, before + strand.text)
    if (before !== '') this.#session.identifier(context, before + strand.text, false)
  }

  /** A text that is repeated whole is complete: no more pieces of it come. */
  #close({ kind, context }: Leaf): readonly ReleasedEvent<Event>[] {
    const name = context.place.channel
    const channel = this.#channels.get(name)
    if (kind === 'identifier' || context.whole !== true || channel === undefined) return []
    this.#channels.delete(name)
    this.#ended.add(name)
    return this.#rest(channel, textOf(channel.guard.end()))
  }

  #rest({ frame, event }: Channel<Event>, text: string): ReleasedEvent<Event>[] {
    if (text === '') return []
    return [{ source: restEvent(frame, text), event, changed: true }]
  }

  /** Events that were added, with their numbers. */
  #numbered(released: readonly ReleasedEvent<Event>[]): readonly ReleasedEvent<Event>[] {
    if (this.#shape !== 'responses') return released
    return released.map((one) => ({ ...one, source: this.#sequence.numbered(one.source) }))
  }
}

const growingName = /\.(?:tool_calls\[\d+\]\.(?:function|custom)|function_call)\.name$/

function outOfOrder(): KeeptrustsError {
  return new KeeptrustsError({
    code: 'validation_error',
    message:
      'The stream goes on with a text that had ended, or has more texts than can be looked after',
    suggestion: 'Look at what the model server sends.',
  })
}
