import type { Json } from '../../../json/parse-json.ts'
import { isRecord, parseJson } from '../../../json/parse-json.ts'
import type { SseEvent } from '../../../sse/sse-event.ts'
import { doneData, namedEvent } from '../../../sse/sse-event.ts'
import { SseSyntaxError } from '../../../sse/sse-reader.ts'
import { TransportError } from '../../../transport/transport-error.ts'
import type { CompletionContext } from '../complete-completion.ts'
import { agentFailed } from './agent-facts.ts'
import { completeResponse } from './response-answer.ts'

/**
 * The stream of an agent as one of the Responses API: with the beginning, the numbers and the end that agents leave out.
 * Throws what `batches` throws, `SseSyntaxError` for data that is no JSON object, `TransportError` when the stream breaks
 * off, and `GatewayError` for an error inside it.
 */
export async function* completeResponseStream(
  batches: AsyncIterable<readonly SseEvent[]>,
  context: CompletionContext,
): AsyncGenerator<readonly SseEvent[]> {
  const stream = new ResponseStream(context)
  yield stream.begin()
  for await (const batch of batches) {
    const events = batch.flatMap((event) => stream.take(event))
    if (events.length > 0) yield events
  }
  yield stream.end()
}

class ResponseStream {
  readonly #context: CompletionContext
  /** Items that are whole, by their place in the output. */
  readonly #items: Json[] = []
  /** The parts that were announced of the item that is open; `null` when none is. */
  #open: Set<unknown> | null = null
  #number = 0
  #done = false
  #ended = false

  constructor(context: CompletionContext) {
    this.#context = context
  }

  begin(): SseEvent[] {
    const response = { ...completeResponse({}, this.#context), status: 'in_progress' }
    return [this.#event({ type: 'response.created', response })]
  }

  take({ data }: SseEvent): SseEvent[] {
    if (data === null || data.trim() === '') return []
    if (data === doneData) {
      this.#done = true
      return []
    }
    const event = parseJson(data)
    if (!isRecord(event)) throw new SseSyntaxError('an event holds no JSON object')
    const { type, error } = event
    if (type === 'error' || type === 'response.error' || type === 'response.failed')
      throw agentFailed()
    if (type === undefined && error !== undefined && error !== null) throw agentFailed()
    // MLflow's own frames, as the one with the id of its trace, have no type.
    if (typeof type !== 'string' || type === 'response.created') return []
    return this.#complete(type, event)
  }

  end(): SseEvent[] {
    if (this.#ended) return []
    if (!this.#done) throw new TransportError('reset', { sent: true })
    return [this.#ending('response.completed', { output: this.#items })]
  }

  #complete(type: string, event: Json): SseEvent[] {
    const { response, item } = event
    if (type === 'response.completed' || type === 'response.incomplete') {
      this.#ended = true
      return [this.#ending(type, isRecord(response) ? response : { output: this.#items })]
    }
    if (isRecord(response)) return []
    if (type === 'response.output_item.added') this.#open = new Set()
    // An agent that announces parts itself needs no help with them.
    if (type === 'response.content_part.added') this.#open?.add(event['content_index'] ?? 0)
    const before = this.#missing(type, event)
    const numbered = { output_index: this.#items.length, ...event }
    const events = [...before, this.#event(numbered)]
    if (type === 'response.output_item.done' && isRecord(item)) {
      this.#items.push(item)
      this.#open = null
    }
    return events
  }

  /** Readers take no text for an item and a part that were not announced. */
  #missing(type: string, event: Json): SseEvent[] {
    const { item_id: id, content_index: index = 0, item } = event
    if (type === 'response.output_item.done') return this.#open === null ? [this.#added(item)] : []
    if (type !== 'response.output_text.delta') return []
    const message = { type: 'message', id, role: 'assistant', status: 'in_progress', content: [] }
    const events = this.#open === null ? [this.#added(message)] : []
    const parts = this.#open ?? new Set()
    this.#open = parts
    if (parts.has(index)) return events
    parts.add(index)
    const at = { item_id: id, output_index: this.#items.length, content_index: index }
    const part = { type: 'output_text', text: '', annotations: [] }
    return [...events, this.#event({ type: 'response.content_part.added', ...at, part })]
  }

  #added(item: unknown): SseEvent {
    const output = { output_index: this.#items.length, item }
    return this.#event({ type: 'response.output_item.added', ...output })
  }

  #ending(type: string, response: Json): SseEvent {
    return this.#event({ type, response: completeResponse(response, this.#context) })
  }

  #event(event: Json): SseEvent {
    const { type, ...rest } = event
    const contentIndex = isPartEvent(type) ? { content_index: 0 } : {}
    const data = { type, ...contentIndex, ...rest, sequence_number: this.#number++ }
    return namedEvent(String(type), JSON.stringify(data))
  }
}

function isPartEvent(type: unknown): boolean {
  return (
    typeof type === 'string' && /^response\.(?:output_text|refusal)\.(?:delta|done)$/.test(type)
  )
}
