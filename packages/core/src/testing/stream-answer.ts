import type { BodyInput, Engine } from '../engine/engine.ts'
import { KeeptrustsError } from '../errors/keeptrusts-error.ts'
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
  const guard = request.guardStream()
  const texts: string[] = []
  for (const [choice, text] of contentsOf(answer).entries()) {
    let out = ''
    for (const piece of cut(text)) out += guard.push({ choice, field: 'content' }, piece)
    texts.push(out)
  }
  const { released, decision } = await guard.end()
  for (const { place, text } of released)
    if (place.field === 'content') texts[place.choice ?? 0] += text
  const reason = decision.event['reason_code']
  if (decision.event['decision'] !== whole.verdict || reason !== whole.reason_code)
    return [
      `streamed, the verdict is ${decision.event['decision']} (${reason}); whole, it is ${whole.verdict} (${whole.reason_code})`,
    ]
  if (whole.answer === null || texts.join('\n') === whole.answer.content) return []
  return [
    `streamed, the answer is ${JSON.stringify(texts.join('\n'))}; whole, it is ${JSON.stringify(whole.answer.content)}`,
  ]
}

function contentsOf(answer: string): readonly string[] {
  const { choices } = JSON.parse(answer) as {
    readonly choices?: readonly { readonly message?: { readonly content?: unknown } }[]
  }
  return (choices ?? []).map(({ message }) => {
    if (typeof message?.content === 'string') return message.content
    throw new KeeptrustsError({
      code: 'validation_error',
      message: 'Only answers whose content is a text can be streamed by a test',
      suggestion: 'Remove stream, or write the text of the answer as upstream_response',
    })
  })
}

function* cut(text: string): Generator<string> {
  for (let at = 0, turn = 0; at < text.length; turn++) {
    const size = pieces[turn % pieces.length] ?? 1
    yield text.slice(at, at + size)
    at += size
  }
}
