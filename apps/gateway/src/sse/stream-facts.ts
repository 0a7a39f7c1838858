import type { ApiShape } from '@keeptrusts/core'
import { isRecord } from '../json/parse-json.ts'
import { endingResponse, isPartEnd, responseReason } from './response-facts.ts'
import type { SseEvent } from './sse-event.ts'
import { doneData } from './sse-event.ts'
import { SseSyntaxError } from './sse-reader.ts'
import type { TokenUsage } from './token-usage.ts'
import { readUsage } from './token-usage.ts'

/**
 * What one event of a stream means for us. A `part_end` of the Responses API ends a text or an item: the last one is
 * finishing, and any other is content, which shows when more content follows.
 */
export type EventMeaning = 'content' | 'part_end' | 'finishing' | 'done' | 'error'

/** Collects from the events of a stream what its record and its end need. */
export class StreamFacts {
  readonly finishReasons: string[] = []
  usage: TokenUsage | null = null
  /** `[DONE]` came. */
  done = false
  readonly #shape: ApiShape
  readonly #choices = new Set<number>()
  #response = false

  constructor(shape: ApiShape) {
    this.#shape = shape
  }

  /** Every choice that was seen; choice 0 when there was none. Responses have no choices. */
  get choices(): readonly number[] {
    if (this.#shape === 'responses') return []
    return this.#choices.size === 0 ? [0] : [...this.#choices]
  }

  /** True when the upstream said in some way that the answer is whole. */
  get complete(): boolean {
    return this.done || this.#response || this.finishReasons.length > 0
  }

  /** True when the stream has the end that its API gives to streams: streams of the Responses API have no `[DONE]`. */
  get ended(): boolean {
    return this.done || this.#shape === 'responses'
  }

  /** Takes an event in and says what it is (decision S3). Throws `SseSyntaxError` for data that is not a JSON object. */
  note(event: SseEvent): EventMeaning {
    if (event.data === null || event.data.trim() === '') return 'content'
    if (event.data === doneData) {
      this.done = true
      return 'done'
    }
    const chunk = parseChunk(event.data)
    if (isErrorChunk(chunk)) return 'error'
    return this.#shape === 'responses' ? this.#noteEvent(chunk) : this.#noteChunk(chunk)
  }

  #noteEvent(event: Chunk): EventMeaning {
    const response = endingResponse(event)
    if (response === null) return isPartEnd(event) ? 'part_end' : 'content'
    this.#response = true
    this.usage = readUsage(response['usage'])
    const reason = responseReason(response)
    if (typeof reason === 'string') this.finishReasons.push(sanitiseReason(reason))
    return 'finishing'
  }

  #noteChunk(chunk: Chunk): EventMeaning {
    this.usage = readUsage(chunk['usage']) ?? this.usage
    const choices = Array.isArray(chunk['choices']) ? chunk['choices'] : []
    const finishing = choices.filter((choice) => this.#noteChoice(choice)).length > 0
    // The usage event, even when nobody can read its counts.
    const isUsage = isRecord(chunk['usage']) && choices.length === 0
    return finishing || isUsage ? 'finishing' : 'content'
  }

  #noteChoice(choice: unknown): boolean {
    if (!isRecord(choice)) return false
    const index = typeof choice['index'] === 'number' ? choice['index'] : 0
    this.#choices.add(index)
    const reason = choice['finish_reason']
    if (reason === undefined || reason === null) return false
    this.finishReasons.push(typeof reason === 'string' ? sanitiseReason(reason) : 'other')
    return true
  }
}

type Chunk = Readonly<Record<string, unknown>>

function isErrorChunk(chunk: Chunk): boolean {
  if (chunk['type'] === 'error' || chunk['type'] === 'response.failed') return true
  return 'error' in chunk && chunk['error'] !== null
}

function parseChunk(data: string): Chunk {
  const chunk = parse(data)
  if (!isRecord(chunk)) throw new SseSyntaxError('an event holds no JSON object')
  return chunk
}

/** True for the data of an event of the Responses API that ends a part of an answer. */
export function endsPart(data: string): boolean {
  const event = parse(data)
  return isRecord(event) && isPartEnd(event)
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return null
  }
}

/** A finish reason as the record may hold it: upstreams choose it, so anything but a plain word is `other`. */
export function sanitiseReason(reason: string): string {
  return /^[a-z_]{1,40}$/.test(reason) ? reason : 'other'
}
