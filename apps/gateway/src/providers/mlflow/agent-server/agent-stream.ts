import { GatewayError } from '../../../errors/gateway-error.ts'
import type { Json } from '../../../json/parse-json.ts'
import { isRecord, parseJson } from '../../../json/parse-json.ts'
import type { SseEvent } from '../../../sse/sse-event.ts'
import { dataEvent, doneData } from '../../../sse/sse-event.ts'
import { SseSyntaxError } from '../../../sse/sse-reader.ts'
import { TransportError } from '../../../transport/transport-error.ts'
import { agentFailed, chatUsage, finishReason } from './agent-facts.ts'
import type { Delta } from './agent-output.ts'
import { AgentOutput, listOf } from './agent-output.ts'

/** What every chunk carries, and whether the client asked for the tokens at the end. */
export interface ChunkHead {
  readonly id: string
  /** Seconds since the epoch. */
  readonly created: number
  readonly model: string
  readonly includeUsage: boolean
}

type Batches = AsyncIterable<readonly SseEvent[]>

/**
 * The stream of an agent as `chat.completion.chunk` events, ended by `[DONE]`. Throws what `batches` throws, `SseSyntaxError`
 * for data that is no JSON object, `TransportError` when the stream breaks off, and `GatewayError` for an error inside it.
 */
export async function* readAgentStream(
  batches: Batches,
  head: ChunkHead,
): AsyncGenerator<readonly SseEvent[]> {
  const stream = new AgentStream(head)
  for await (const batch of batches) {
    const chunks = batch.flatMap((event) => stream.take(event))
    if (chunks.length > 0) yield chunks
  }
  yield stream.end()
}

class AgentStream {
  readonly #head: ChunkHead
  readonly #output = new AgentOutput()
  #response: Json = {}
  #customOutputs: unknown
  #started = false
  #complete = false
  /** Events of the Responses API came, and others that are not MLflow's own. */
  #known = false
  #foreign = false

  constructor(head: ChunkHead) {
    this.#head = head
  }

  take({ data }: SseEvent): SseEvent[] {
    if (data === null || data.trim() === '') return []
    if (data === doneData) {
      this.#complete = true
      return []
    }
    const event = parse(data)
    const { type } = event
    if (typeof type === 'string' && type.startsWith('response.')) this.#known = true
    else if (!('trace_id' in event)) this.#foreign = true
    this.#customOutputs = event['custom_outputs'] ?? this.#customOutputs
    return this.#read(event).map((delta) => this.#chunk(delta))
  }

  end(): SseEvent[] {
    if (!this.#complete) throw new TransportError('reset', { sent: true })
    // An agent that declares no type may stream anything; an empty answer would pass for what it said.
    if (this.#foreign && !this.#known) throw notUnderstood()
    const calls = this.#output.toolCalls()
    const reason = finishReason(this.#response, calls.length > 0)
    const last = this.#customOutputs ? { custom_outputs: this.#customOutputs } : {}
    const usage = chatUsage(this.#response['usage'])
    return [
      ...calls.map((call) => this.#chunk({ tool_calls: [call] })),
      this.#chunk({}, { reason, more: last }),
      ...(this.#head.includeUsage && usage !== null ? [this.#event([], { usage })] : []),
      dataEvent(doneData),
    ]
  }

  #read(event: Json): readonly Delta[] {
    const { type, item_id: id, delta, item, response } = event
    const piece = typeof delta === 'string' ? delta : ''
    switch (type) {
      case 'response.output_text.delta':
        return this.#output.text(id, piece)
      case 'response.refusal.delta':
        return this.#output.piece(id, 'refusal', piece)
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        return this.#output.piece(id, 'reasoning_content', piece)
      case 'response.output_item.done':
        return isRecord(item) ? this.#output.item(item) : []
      case 'response.completed':
      case 'response.incomplete':
        return this.#finish(isRecord(response) ? response : {})
      case 'response.failed':
      case 'response.error':
      case 'error':
        throw agentFailed()
      default:
        // MLflow's own error frame holds a text under `error` and nothing else.
        if ('error' in event && event['error'] !== null) throw agentFailed()
        return []
    }
  }

  #finish(response: Json): readonly Delta[] {
    this.#complete = true
    this.#response = response
    this.#customOutputs = response['custom_outputs'] ?? this.#customOutputs
    return this.#output.items(listOf(response['output']))
  }

  #chunk(delta: Delta, end?: { readonly reason: string; readonly more: Json }): SseEvent {
    const first = this.#started ? {} : { role: 'assistant' }
    this.#started = true
    const choice = { index: 0, delta: { ...first, ...delta }, finish_reason: end?.reason ?? null }
    return this.#event([choice], end?.more)
  }

  #event(choices: readonly Json[], more: Json = {}): SseEvent {
    const { id, created, model } = this.#head
    const object = 'chat.completion.chunk'
    return dataEvent(JSON.stringify({ id, object, created, model, choices, ...more }))
  }
}

function notUnderstood(): GatewayError {
  return new GatewayError('upstream_invalid_response', {
    message: 'The agent streams something that is no event of the Responses API.',
    suggestion: 'Serve a ResponsesAgent, or ask for the answer without stream.',
    upstreamStatus: 200,
  })
}

function parse(data: string): Json {
  const value = parseJson(data)
  if (isRecord(value)) return value
  throw new SseSyntaxError('an event holds no JSON object')
}
