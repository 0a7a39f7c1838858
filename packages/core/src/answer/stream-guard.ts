import type { Blocked, Passed } from '../engine/decision.ts'
import type { EngineParts } from '../engine/engine-parts.ts'
import { rootPlace } from '../json/address.ts'
import type { TextContext, TextForm } from '../message/extraction.ts'
import type { SegmentField } from '../message/segment.ts'
import type { StreamGuard, StreamPlace } from './answer-guard.ts'
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
  const release = (text: string): string => (session.block === null ? text : '')
  return {
    get block() {
      return session.block
    },
    push(place, text) {
      if (session.block !== null) return ''
      const { guard } = channelAt(place, { session, channels })
      const out = textOf(guard.push(text))
      // What a block leaves of this piece stands before its match; a broken policy leaves nothing.
      return session.failed ? '' : out
    },
    async end() {
      await session.judge()
      const released = [...channels.values()].flatMap(({ place, guard }) => {
        const text = session.block === null ? release(textOf(guard.end())) : ''
        return text === '' ? [] : [{ place, text }]
      })
      const decision = concludeAnswer(parts, answer, { session, unscannable: [] })
      await record(decision)
      return { released: decision.outcome === 'block' ? [] : released, decision }
    },
  }
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
  arguments: ['tool_calls', 'tool_arguments'],
}

function contextOf({ choice = 0, field, call = 0 }: StreamPlace): TextContext {
  const [path, of] = fields[field]
  const inside = field === 'arguments' ? `[${call}].function.arguments` : ''
  const channel = `choices[${choice}].message.${path}${inside}`
  return { place: { ...rootPlace, address: channel, channel }, role: 'assistant', field: of }
}
