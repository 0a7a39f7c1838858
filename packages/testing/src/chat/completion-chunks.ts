import type { Choice, Completion } from './complete-chat.ts'

type Chunk = Readonly<Record<string, unknown>>

interface Cutting {
  /** Characters per piece of content. */
  readonly chunkLength: number
  readonly includeUsage: boolean
}

/**
 * A completion as the `chat.completion.chunk` objects of its stream: role, content in small pieces (so that what a
 * filter looks for is cut in two), tool calls, finish reason, and the usage chunk when it was asked for.
 */
export function completionChunks(
  completion: Completion,
  { chunkLength, includeUsage }: Cutting,
): readonly Chunk[] {
  const { id, created, model, usage } = completion
  const head = { id, object: 'chat.completion.chunk', created, model }
  const pieces = completion.choices.flatMap((choice) => [
    ...choiceDeltas(choice, chunkLength).map((delta) => makeChoice(choice, delta, null)),
    makeChoice(choice, {}, choice.finish_reason),
  ])
  const chunks: Chunk[] = pieces.map((choice) => ({ ...head, choices: [choice] }))
  return includeUsage ? [...chunks, { ...head, choices: [], usage }] : chunks
}

function makeChoice({ index }: Choice, delta: Chunk, reason: string | null): Chunk {
  return { index, delta, finish_reason: reason }
}

function choiceDeltas({ message }: Choice, chunkLength: number): Chunk[] {
  const calls = message.tool_calls ?? []
  return [
    { role: 'assistant', content: message.content === null ? null : '' },
    ...cut(message.content ?? '', chunkLength).map((content) => ({ content })),
    ...calls.flatMap((call, index) => [
      toolDelta({ ...call, index, function: { name: call.function.name, arguments: '' } }),
      ...cut(call.function.arguments, chunkLength).map((text) =>
        toolDelta({ index, function: { arguments: text } }),
      ),
    ]),
  ]
}

const toolDelta = (call: Chunk): Chunk => ({ tool_calls: [call] })

/** Cuts between code points, as a tokenizer's output would be. */
export function cut(text: string, length: number): string[] {
  const points = [...text]
  const pieces: string[] = []
  for (let at = 0; at < points.length; at += length)
    pieces.push(points.slice(at, at + length).join(''))
  return pieces
}
