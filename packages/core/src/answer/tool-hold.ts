import type { JsonNode } from '../json/json-node.ts'
import { scanJson } from '../json/scan-json.ts'
import type { Replacement } from '../json/splice-json.ts'
import { spliceJson } from '../json/splice-json.ts'
import { bringsMoreThanCalls } from '../message/beside-calls.ts'
import type { ApiShape } from '../message/segment.ts'
import type { FoundCall } from '../message/tool-calls.ts'
import { findCalls } from '../message/tool-calls.ts'
import { readToolEvent } from '../message/tool-events.ts'
import type { ToolUse } from '../policies/policy.ts'
import type { ReleasedEvent } from './answer-guard.ts'
import type { AnswerSession } from './answer-session.ts'
import type { GatheredCall } from './gathered-calls.ts'
import { GatheredCalls } from './gathered-calls.ts'

/** An event on its way, and what is still to be changed in it. */
interface Waiting<Event> {
  readonly released: ReleasedEvent<Event>
  readonly edits: Replacement[]
}

/** The first piece of a name: it brings the whole name when it goes out. */
interface FirstName<Event> {
  readonly call: GatheredCall
  readonly piece: string
  readonly waiting: Waiting<Event>
  readonly start: number
  readonly end: number
}

/** Characters of the events that wait. */
const mostHeld = 16 * 1024 * 1024

/**
 * Where the events of a streamed answer wait that carry a call of a tool, until the call is complete and judged; they go
 * out in their order, or never. It sees events as the policies for texts leave them.
 *
 * In chat streams every call may go on until the stream ends; texts go on meanwhile. In streams of the Responses API a
 * call ends with its item; what comes meanwhile waits too, for clients count on the order of items.
 */
export class ToolHold<Event> {
  readonly #session: AnswerSession
  readonly #shape: ApiShape
  readonly #holds: boolean
  readonly #calls = new GatheredCalls()
  readonly #judged = new Set<string>()
  #waiting: Waiting<Event>[] = []
  #names: FirstName<Event>[] = []
  #held = 0
  /** True when everything waits: an event that waits brings a text too, which must not be overtaken. */
  #all = false

  constructor(session: AnswerSession, shape: ApiShape) {
    this.#session = session
    this.#shape = shape
    this.#holds = session.holdsCalls
  }

  /** Takes events and gives those that may go out. The last one is never kept when `ends`: its sender holds it until the end. */
  pass(events: readonly ReleasedEvent<Event>[], ends: boolean): readonly ReleasedEvent<Event>[] {
    const out: ReleasedEvent<Event>[] = []
    for (const [at, released] of events.entries()) {
      const isEnd = ends && at === events.length - 1
      out.push(
        ...(this.#shape === 'responses'
          ? this.#item(released, isEnd)
          : this.#chunk(released, isEnd)),
      )
      if (this.#calls.isFull || this.#held > mostHeld) this.#session.refuseCalls(tooLarge)
      if (this.#session.block !== null) return []
    }
    return out
  }

  /** The stream has ended: `rest` is what was left of its texts. Judges every call that is still open. */
  end(rest: readonly ReleasedEvent<Event>[]): readonly ReleasedEvent<Event>[] {
    const out = this.pass(rest, false)
    for (const call of this.#calls.closeAll()) this.#judge(call)
    return this.#session.block === null ? [...out, ...this.#release()] : []
  }

  /** An event of a chat stream. */
  #chunk(released: ReleasedEvent<Event>, isEnd: boolean): readonly ReleasedEvent<Event>[] {
    const { source } = released
    const root = scanJson(source, { loneSurrogates: 'allow' })
    const waiting: Waiting<Event> = { released, edits: [] }
    const pieces = findCalls(root, { source, indexed: true })
    for (const piece of pieces) this.#addPiece(piece, waiting, isEnd)
    if (!this.#holds) return [released]
    if (isEnd) return [edited(waiting)]
    if (pieces.length > 0) this.#all ||= bringsMoreThanCalls(root)
    else if (!this.#all) return [released]
    this.#wait(waiting)
    return []
  }

  /**
   * Clients differ in what they make of a name in several pieces: some join them, some take the last one. The first piece
   * goes out with the whole name and the others empty, so that all of them read the name that was judged.
   */
  #addPiece(piece: FoundCall, waiting: Waiting<Event>, isEnd: boolean): void {
    const call = this.#calls.add(piece)
    if (piece.name === null || piece.name.value === '') return
    const { start, end, value } = piece.name
    if (call.name !== '') waiting.edits.push({ start, end, text: '""' })
    if (call.named) return
    if (call.name === '') {
      if (isEnd) call.named = true
      else this.#names.push({ call, piece: value, waiting, start, end })
    }
    this.#calls.addName(call, value)
  }

  /** An event of a stream of the Responses API. */
  #item(released: ReleasedEvent<Event>, isEnd: boolean): readonly ReleasedEvent<Event>[] {
    this.#readItems(released.source, isEnd)
    if (!this.#holds) return [released]
    if (isEnd) return [...this.#release(), released]
    if (this.#waiting.length === 0 && this.#calls.isEmpty) return [released]
    this.#wait({ released, edits: [] })
    return this.#calls.isEmpty ? this.#release() : []
  }

  #readItems(source: string, isEnd: boolean): void {
    const root: JsonNode = scanJson(source, { loneSurrogates: 'allow' })
    const { pieces, repeated, whole } = readToolEvent(root, source)
    for (const piece of pieces) {
      const call = this.#calls.add(piece)
      if (piece.name !== null && call.name === '') this.#calls.addName(call, piece.name.value)
    }
    if (repeated !== null) this.#judgeRepeated(repeated)
    for (const call of whole) {
      const begun = this.#calls.close(call.place.channel)
      this.#judge(useOf(call))
      // What its pieces came to is what a client has read by then.
      for (const use of begun) if (use.arguments !== '') this.#judge(use)
    }
    if (isEnd) for (const use of this.#calls.closeAll()) this.#judge(use)
  }

  /** Arguments that differ from their pieces are those of a call too. */
  #judgeRepeated(repeated: FoundCall): void {
    const call = this.#calls.add({ ...repeated, arguments: null })
    if (call.arguments.join('') === repeated.arguments) return
    if (call.arguments.length === 0) call.arguments.push(repeated.arguments ?? '')
    else this.#judge({ ...useOf(repeated), name: call.name === '' ? call.kind : call.name })
  }

  /** Judges a call, unless it is one that was judged: complete calls are repeated. */
  #judge(use: ToolUse): void {
    const id = JSON.stringify([use.address, use.name, use.arguments])
    if (this.#judged.has(id)) return
    this.#judged.add(id)
    this.#session.judgeCall(use)
  }

  #wait(waiting: Waiting<Event>): void {
    this.#held += waiting.released.source.length
    this.#waiting.push(waiting)
  }

  /** Everything that waits, in its order. */
  #release(): readonly ReleasedEvent<Event>[] {
    if (this.#session.block !== null) return []
    for (const { call, piece, waiting, start, end } of this.#names)
      if (call.name !== piece) waiting.edits.push({ start, end, text: JSON.stringify(call.name) })
    const out = this.#waiting.map(edited)
    this.#waiting = []
    this.#names = []
    this.#held = 0
    this.#all = false
    return out
  }
}

function useOf({ name, kind, arguments: given, place }: FoundCall): ToolUse {
  return {
    use: 'called',
    name: name?.value ?? kind,
    arguments: given ?? '',
    address: place.address,
  }
}

function edited<Event>({ released, edits }: Waiting<Event>): ReleasedEvent<Event> {
  if (edits.length === 0) return released
  const inOrder = edits.toSorted((a, b) => a.start - b.start)
  return { ...released, source: spliceJson(released.source, inOrder), changed: true }
}

const tooLarge = {
  reason: 'tool_call_too_large',
  message: 'The answer calls tools with more than can be judged, and nothing of it is let through',
}
