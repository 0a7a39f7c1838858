import { KeeptrustsError } from '../errors/keeptrusts-error.ts'
import { entryOf, stringOf } from '../json/entry-of.ts'
import type { JsonObject, JsonString } from '../json/json-node.ts'
import { scanJson } from '../json/scan-json.ts'
import type { Replacement } from '../json/splice-json.ts'
import { spliceJson } from '../json/splice-json.ts'
import { outputPlace } from '../message/extract-response.ts'
import type { ApiShape } from '../message/segment.ts'
import type { CallPart } from '../message/tool-calls.ts'
import { calledTool, callsAt, growingCalls, wholeCalls } from '../message/tool-calls.ts'
import type { ReleasedEvent } from './answer-guard.ts'
import type { AnswerSession } from './answer-session.ts'

/** An event on its way out, and the names in it that are written anew. */
interface Held<Event> {
  readonly event: ReleasedEvent<Event>
  readonly edits: Replacement[]
  /** The caller keeps it until the end: it cannot be edited later. */
  readonly isKept: boolean
}

/** A call that is still growing. */
interface Growing<Event> {
  readonly place: CallPart['place']
  name: string
  text: string
  /** Where its name begins. */
  named: { readonly held: Held<Event>; readonly written: JsonString } | null
}

/** As much of a stream as is kept until its calls are complete, in characters; and as many calls. */
const mostHeld = 8 * 1024 * 1024
const mostCalls = 1024

/**
 * Holds the events of a stream that carry parts of calls of tools until the calls are complete and judged. In a chat
 * stream a call is complete when the stream is, and other events go by; items of the Responses API say when they are
 * complete, and its numbered events keep their order.
 */
export class ToolHold<Event> {
  readonly #session: AnswerSession
  readonly #isNumbered: boolean
  readonly #growing = new Map<string, Growing<Event>>()
  readonly #judged = new Set<string>()
  #held: Held<Event>[] = []
  #size = 0

  constructor(session: AnswerSession, shape: ApiShape) {
    this.#session = session
    this.#isNumbered = shape === 'responses'
  }

  /**
   * Takes events as they would go out, in order, and gives those that may; none once a call was refused. `keepsLast`: the
   * caller itself keeps the last one until the end.
   */
  pass(events: readonly ReleasedEvent<Event>[], keepsLast: boolean): ReleasedEvent<Event>[] {
    const out: ReleasedEvent<Event>[] = []
    for (const [at, event] of events.entries()) {
      const isKept = keepsLast && at === events.length - 1
      for (const free of this.#take({ event, edits: [], isKept })) out.push(free)
      if (this.#session.block !== null) return []
    }
    return out
  }

  /** The stream is complete: every call is judged, and what was held is given out. */
  end(): readonly ReleasedEvent<Event>[] {
    for (const call of this.#growing.values()) this.#judge(call)
    this.#growing.clear()
    return this.#session.block === null ? this.#release() : []
  }

  #take(held: Held<Event>): readonly ReleasedEvent<Event>[] {
    const { source } = held.event
    const root = scanJson(source, { loneSurrogates: 'allow' })
    const grows = this.#grow(growingCalls(root, source), held)
    for (const call of wholeCalls(root, source)) this.#judge(call)
    if (root.kind === 'object') this.#lookAtItem(root, source)
    if (!this.#session.holdsTools) return [held.event]
    const waits = this.#isNumbered ? this.#growing.size > 0 : grows
    if (held.isKept) return [...(this.#growing.size > 0 ? [] : this.#release()), edited(held)]
    if (!waits) return [...(this.#isNumbered ? this.#release() : []), held.event]
    this.#size += source.length
    if (this.#size > mostHeld) throw tooMuch()
    this.#held.push(held)
    return []
  }

  #release(): readonly ReleasedEvent<Event>[] {
    const events = this.#held.map(edited)
    this.#held = []
    this.#size = 0
    return events
  }

  #grow(parts: readonly CallPart[], held: Held<Event>): boolean {
    for (const { place, written, text } of parts) {
      const call = this.#callAt(place)
      call.text += text
      if (written === null) continue
      call.name += written.value
      if (call.named === null) call.named = { held, written }
      else rename(call.named, { name: call.name, held, written })
    }
    return parts.length > 0
  }

  /** An event of the Responses API about one item. */
  #lookAtItem(event: JsonObject, source: string): void {
    const type = stringOf(event, 'type') ?? ''
    const item = entryOf(event, 'item')
    const place = outputPlace(event, source)
    const calls = item === undefined ? [] : callsAt(item, place, source)
    if (type.endsWith('.added')) {
      for (const { name, text } of calls)
        Object.assign(this.#callAt(place), { name: name ?? '', text })
    } else if (calls.length > 0) {
      for (const call of calls) this.#judge(call)
      this.#complete(place, calls[0]?.name ?? '')
    } else if (/_call(?:_|\.|$)/.test(type)) this.#growItem(event, type, place)
  }

  #growItem(event: JsonObject, type: string, place: CallPart['place']): void {
    const call = this.#callAt(place)
    if (type.endsWith('.delta')) call.text += stringOf(event, 'delta') ?? ''
    if (!type.endsWith('.done')) return
    const whole = ['arguments', 'input', 'code'].map((key) => stringOf(event, key) ?? '').join('')
    if (whole !== call.text) this.#judge({ ...call, text: whole })
  }

  /** What came in pieces is judged too, should it differ from what ends it. */
  #complete(place: CallPart['place'], name: string): void {
    const call = this.#growing.get(place.channel)
    this.#growing.delete(place.channel)
    if (call === undefined) return
    const isSame = call.text === '' && (call.name === '' || call.name === name)
    if (!isSame) this.#judge({ ...call, name: call.name || name })
  }

  #callAt(place: CallPart['place']): Growing<Event> {
    const known = this.#growing.get(place.channel)
    if (known !== undefined) return known
    if (this.#growing.size >= mostCalls) throw tooMuch()
    const call: Growing<Event> = { place, name: '', text: '', named: null }
    this.#growing.set(place.channel, call)
    return call
  }

  /** A stream repeats calls: each is judged once. */
  #judge({ place, name, text }: Omit<CallPart, 'written'>): void {
    const id = JSON.stringify([place.channel, name, text])
    if (this.#judged.has(id)) return
    if (this.#judged.size >= mostCalls) throw tooMuch()
    this.#judged.add(id)
    this.#session.judgeTool(calledTool({ place, name, text }))
  }
}

/**
 * Some clients join the pieces of a name, others take the last one: the whole name goes into the first event and none into
 * later ones, so that every client calls what was judged.
 */
function rename<Event>(
  first: NonNullable<Growing<Event>['named']>,
  { name, held, written }: { name: string; held: Held<Event>; written: JsonString },
): void {
  if (first.held.isKept) throw tooMuch()
  const { start, end } = first.written
  const whole = { start, end, text: JSON.stringify(name) }
  const at = first.held.edits.findIndex((edit) => edit.start === start)
  if (at === -1) first.held.edits.push(whole)
  else first.held.edits[at] = whole
  held.edits.push({ start: written.start, end: written.end, text: '""' })
}

function edited<Event>({ event, edits }: Held<Event>): ReleasedEvent<Event> {
  if (edits.length === 0) return event
  return { ...event, source: spliceJson(event.source, edits), changed: true }
}

function tooMuch(): KeeptrustsError {
  return new KeeptrustsError({
    code: 'validation_error',
    message:
      'The stream calls more tools than can be held until they are judged, or names one after its end',
    suggestion: 'Look at what the model server sends.',
  })
}
