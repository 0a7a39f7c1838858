import type { StreamGuard, StreamPlace } from '../answer/answer-guard.ts'
import type { BodyInput, Engine } from '../engine/engine.ts'
import { textsOf } from './body-texts.ts'
import type { Outcome } from './test-result.ts'

/** Pieces of the streamed answer, in UTF-16 units, again and again: short ones, so that every finding is cut somewhere. */
const pieces = [1, 2, 3, 5, 8, 13]

interface StreamedTest {
  readonly call: BodyInput
  /** JSON text of the whole chat answer. */
  readonly answer: string
  /** What came of the whole answer. */
  readonly whole: Outcome
}

/** A text of the answer that goes through the stream, and how to put what comes out in its place. */
interface StreamedText {
  readonly place: StreamPlace
  readonly text: string
  readonly put: (text: string) => void
}

/** Sends the answer of a test as a stream and says how it differs from the whole answer (decision S2): nothing, if all is well. */
export async function streamProblems(
  engine: Engine,
  { call, answer, whole }: StreamedTest,
): Promise<readonly string[]> {
  const { messages, tools, model } = JSON.parse(call.source)
  const named = call.model ?? model
  const asked = { ...call, messages, ...(tools && { tools }), ...(named && { model: named }) }
  const request = await engine.evaluateRequest(asked)
  if (request.outcome === 'block') return []
  const body = JSON.parse(answer)
  const texts = textsToStream(body)
  if (texts === null)
    return [
      'only answers of texts and calls of functions can be streamed by a test: remove stream, or write such an answer as upstream_response',
    ]
  const { event } = await stream(request.guardStream(), texts)
  const reason = event['reason_code']
  if (event['decision'] !== whole.verdict || reason !== whole.reason_code)
    return [
      `streamed, the verdict is ${event['decision']} (${reason}); whole, it is ${whole.verdict} (${whole.reason_code})`,
    ]
  if (whole.answer === null) return []
  const streamed = textsOf(JSON.stringify(body), { form: 'answer', shape: call.shape }).all
  if (streamed === whole.answer.all) return []
  return [
    `streamed, the answer is ${JSON.stringify(streamed)}; whole, it is ${JSON.stringify(whole.answer.all)}`,
  ]
}

/** Pushes every text in small pieces and puts in its place what came out. */
async function stream(guard: StreamGuard, texts: readonly StreamedText[]) {
  const out = new Map(texts.map(({ place }) => [keyOf(place), '']))
  const add = (place: StreamPlace, text: string) =>
    out.set(keyOf(place), (out.get(keyOf(place)) ?? '') + text)
  for (const { place, text } of texts)
    for (const piece of cut(text)) add(place, guard.push(place, piece))
  const { released, decision } = await guard.end()
  for (const { place, text } of released) add(place, text)
  for (const { place, put } of texts) put(out.get(keyOf(place)) ?? '')
  return decision
}

function keyOf({ choice = 0, call = 0, field }: StreamPlace): string {
  return `${choice} ${call} ${field}`
}

type Message = { [key: string]: unknown; tool_calls?: { function?: Record<string, unknown> }[] }

/** The texts of a chat answer; `null` when a choice has none, or a call that is none of a function. */
function textsToStream(body: {
  readonly choices?: readonly { readonly message?: Message }[]
}): readonly StreamedText[] | null {
  const choices = (body.choices ?? []).map(({ message = {} }, choice) => {
    const calls = (message.tool_calls ?? []).map(({ function: called = {} }, call) =>
      (['name', 'arguments'] as const).map((field) =>
        textAt(called, { key: field, place: { choice, call, field } }),
      ),
    )
    const content = textAt(message, { key: 'content', place: { choice, field: 'content' } })
    return [...(content === null && calls.length > 0 ? [] : [content]), ...calls.flat()]
  })
  const texts = choices.flat().filter((text) => text !== null)
  return texts.length === choices.flat().length ? texts : null
}

function textAt(
  holder: { [key: string]: unknown },
  { key, place }: { readonly key: string; readonly place: StreamPlace },
): StreamedText | null {
  const text = holder[key]
  if (typeof text !== 'string') return null
  const put = (streamed: string) => {
    holder[key] = streamed
  }
  return { place, text, put }
}

function* cut(text: string): Generator<string> {
  for (let at = 0, turn = 0; at < text.length; turn++) {
    const size = pieces[turn % pieces.length] ?? 1
    yield text.slice(at, at + size)
    at += size
  }
}
