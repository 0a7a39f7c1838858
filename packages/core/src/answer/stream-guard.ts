import type { Blocked, Passed } from '../engine/decision.ts'
import type { EngineParts } from '../engine/engine-parts.ts'
import { rootPlace } from '../json/address.ts'
import type { TextContext, TextForm } from '../message/extraction.ts'
import type { SegmentField } from '../message/segment.ts'
import type { StreamEnd, StreamGuard, StreamPlace } from './answer-guard.ts'
import type { AnswerSession } from './answer-session.ts'
import type { Answer } from './check-answer.ts'
import { concludeAnswer, openSession } from './check-answer.ts'
import { textOf } from './piece.ts'
import type { TextGuard } from './text-guard.ts'

interface Channel {
  readonly place: StreamPlace
  readonly guard: TextGuard
}

/** The guard of a stream whose pieces come without JSON around them. `record` makes the outcome durable. */
export function guardTexts(
  parts: EngineParts,
  answer: Answer,
  record: (decision: Passed | Blocked) => Promise<void>,
): StreamGuard {
  const session = openSession(parts, answer, { shape: 'chat.completions' })
  const channels = new Map<string, Channel>()
  const calls = new Map<string, HeldCall>()
  const release = (text: string): string => (session.block === null ? text : '')
  return {
    get block() {
      return session.block
    },
    push(place, text) {
      if (session.block !== null) return ''
      if (place.field === 'name') return pushName(place, text)
      const { guard } = channelAt(place, { session, channels })
      const out = textOf(guard.push(text))
      // What a block leaves of this piece stands before its match; a broken policy leaves nothing.
      if (session.failed) return ''
      return place.field === 'arguments' ? hold(place, out) : out
    },
    async end() {
      await session.judge()
      const released = [...channels.values()].flatMap(({ place, guard }) => {
        const text = session.block === null ? release(textOf(guard.end())) : ''
        return text === '' ? [] : [{ place, text }]
      })
      const held = endCalls(released)
      const decision = concludeAnswer(parts, answer, { session, unscannable: [] })
      await record(decision)
      return { released: decision.outcome === 'block' ? [] : held, decision }
    },
  }

  /** Names are looked at as far as they have come, for clients join them. */
  function pushName(place: StreamPlace, text: string): string {
    const call = callAt(place)
    call.name += text
    const { place: at, ...context } = contextOf(place)
    session.identifier({ ...context, place: at }, call.name, false)
    return session.holdsCalls ? '' : release(text)
  }

  /** Arguments that may go out, which wait while somebody judges the call. */
  function hold(place: StreamPlace, text: string): string {
    if (!session.judgesTools) return text
    callAt(place).arguments += text
    return session.holdsCalls ? '' : text
  }

  /** Judges every call, with what was left of its arguments, and gives out what waits. */
  function endCalls(rest: StreamEnd['released']): StreamEnd['released'] {
    if (!session.judgesTools) return rest
    const others = rest.filter(
      ({ place, text }) => place.field !== 'arguments' || hold(place, text) !== '',
    )
    for (const { place, name, arguments: given } of inOrder(calls))
      session.judgeCall({ use: 'called', name, arguments: given, address: addressOf(place) })
    if (!session.holdsCalls) return others
    const held = inOrder(calls).flatMap(({ place, name, arguments: given }) => [
      { place: { ...place, field: 'name' as const }, text: name },
      { place: { ...place, field: 'arguments' as const }, text: given },
    ])
    return [...others, ...held.filter(({ text }) => text !== '')]
  }

  function callAt(place: StreamPlace): HeldCall {
    const { choice = 0, call = 0 } = place
    const id = `${choice} ${call}`
    const known = calls.get(id) ?? { place, name: '', arguments: '' }
    calls.set(id, known)
    return known
  }
}

/** A call of a tool, as far as it may go out. */
interface HeldCall {
  readonly place: StreamPlace
  name: string
  arguments: string
}

/** In the order of a whole answer. */
function inOrder(calls: ReadonlyMap<string, HeldCall>): readonly HeldCall[] {
  return [...calls.values()].sort(
    ({ place: a }, { place: b }) =>
      (a.choice ?? 0) - (b.choice ?? 0) || (a.call ?? 0) - (b.call ?? 0),
  )
}

function addressOf({ choice = 0, call = 0 }: StreamPlace): string {
  return `choices[${choice}].message.tool_calls[${call}]`
}

function channelAt(
  place: StreamPlace,
  { session, channels }: { session: AnswerSession; channels: Map<string, Channel> },
): Channel {
  const { choice = 0, field, call = 0 } = place
  const name = `${choice} ${field} ${field === 'arguments' ? call : ''}`
  const known = channels.get(name)
  if (known !== undefined) return known
  const form: TextForm = field === 'arguments' ? 'json' : 'plain'
  const channel = { place, guard: session.guard(contextOf(place), form) }
  channels.set(name, channel)
  return channel
}

const fields: Record<StreamPlace['field'], readonly [path: string, field: SegmentField]> = {
  content: ['content', 'content'],
  refusal: ['refusal', 'refusal'],
  reasoning: ['reasoning_content', 'reasoning'],
  name: ['tool_calls', 'tool_arguments'],
  arguments: ['tool_calls', 'tool_arguments'],
}

function contextOf({ choice = 0, field, call = 0 }: StreamPlace): TextContext {
  const [path, of] = fields[field]
  const isCall = field === 'arguments' || field === 'name'
  const inside = isCall ? `[${call}].function.${field}` : ''
  const channel = `choices[${choice}].message.${path}${inside}`
  return { place: { ...rootPlace, address: channel, channel }, role: 'assistant', field: of }
}
