import { askAbout, askPlugin } from '../../plugins/ask-plugin.ts'
import type { RecognizedEntity, Recognizer } from '../../plugins/plugin.ts'
import { CircuitBreaker } from '../../reliability/circuit-breaker.ts'
import type { Span } from '../../text/span.ts'
import type { Inspected, Match } from '../policy.ts'
import { plainName } from './entity-types.ts'
import type { PiiDetectorOptions } from './options.ts'

/** A longer text is shown to recognisers in pieces, which overlap so that no name is cut in two. */
const piece = { length: 16_384, overlap: 512 } as const

/** Makes the match for what a recogniser found in a text. */
type ToMatch = (text: Inspected, found: Found) => Match | undefined

/** An entity in offsets of the whole text. */
export interface Found extends Span {
  readonly rule: string
  readonly type: string
  /** Thousandths. */
  readonly score: number
}

interface Asked {
  readonly recognizer: Recognizer
  readonly breaker: CircuitBreaker
}

/** The entities that a configuration names and that plug-ins look for, in the texts of requests. */
export class PluginEntities {
  readonly #names: ReadonlySet<string>
  readonly #asked: readonly Asked[]
  readonly #options: PiiDetectorOptions
  readonly #thresholds: ReadonlyMap<string, number>

  constructor(recognizers: readonly Recognizer[], options: PiiDetectorOptions) {
    this.#names = new Set(options.entities.map(plainName))
    this.#asked = recognizers
      .filter(({ entities }) => entities.some((name) => this.#names.has(name)))
      .map((recognizer) => ({ recognizer, breaker: new CircuitBreaker(Date.now) }))
    this.#options = options
    const own = Object.entries(options.thresholds)
    this.#thresholds = new Map(own.map(([name, value]) => [plainName(name), value]))
  }

  get isEmpty(): boolean {
    return this.#asked.length === 0
  }

  /** What counts in each text with what the recognisers find in it. Numbers are given in the order of the texts, whoever answers first. */
  async consult(
    texts: readonly Inspected[],
    toMatch: ToMatch,
  ): Promise<readonly (readonly Match[])[]> {
    const found = await askAbout(texts, (text) => this.#findIn(text))
    return texts.map((text, index) => [
      ...text.matches,
      ...(found[index] ?? []).flatMap((one) => toMatch(text, one) ?? []),
    ])
  }

  async #findIn({ segment }: Inspected): Promise<Found[]> {
    if (segment.kind !== 'text' || !/\p{L}/u.test(segment.text)) return []
    const { role, field } = segment
    const found = new Map<string, Found>()
    for (const { text, from } of piecesOf(segment.text)) {
      for (const { recognizer, breaker } of this.#asked) {
        const entities = await this.#ask({ text, role, field }, recognizer, breaker)
        for (const { entity, start, end, score } of entities) {
          const name = recognizer.name
          const one = { rule: name, type: entity, score: Math.round(score * 1000) }
          found.set(`${entity} ${from + start} ${from + end}`, {
            ...one,
            start: from + start,
            end: from + end,
          })
        }
      }
    }
    return [...found.values()].sort((a, b) => a.start - b.start || b.end - a.end)
  }

  /** What a recogniser says of a piece, as far as it was asked for. */
  async #ask(
    question: Parameters<typeof askPlugin>[0],
    recognizer: Recognizer,
    breaker: CircuitBreaker,
  ): Promise<readonly RecognizedEntity[]> {
    const { timeout_ms: timeoutMs, on_failure: onFailure } = this.#options.recognizers
    try {
      const entities = await askPlugin(
        question,
        async (asked) => checked(await recognizer.recognize(asked), question.text.length),
        { timeoutMs, breaker },
      )
      return entities.filter(({ entity, score }) => this.#counts(entity, score))
    } catch (error) {
      if (onFailure === 'block') throw error
      return []
    }
  }

  #counts(entity: string, score: number): boolean {
    const threshold = this.#thresholds.get(entity) ?? this.#options.threshold
    return this.#names.has(entity) && score >= threshold
  }
}

function checked(
  entities: readonly RecognizedEntity[],
  length: number,
): readonly RecognizedEntity[] {
  for (const { entity, start, end, score } of entities) {
    const isSpan = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && end > start
    if (!isSpan || end > length || !(score >= 0 && score <= 1) || typeof entity !== 'string')
      throw new TypeError('a recogniser names an entity, its span and a score from 0 to 1')
  }
  return entities
}

function* piecesOf(text: string): Iterable<{ readonly text: string; readonly from: number }> {
  const step = piece.length - piece.overlap
  for (let from = 0; from === 0 || from + piece.overlap < text.length; from += step)
    yield { text: text.slice(from, from + piece.length), from }
}
