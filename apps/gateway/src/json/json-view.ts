import type { JsonNode } from '@keeptrusts/core'
import { readRoot } from './read-root.ts'

/** A value of a JSON text that can be taken over exactly as it was written. */
export class JsonView {
  readonly #node: JsonNode
  readonly #source: string

  constructor(node: JsonNode, source: string) {
    this.#node = node
    this.#source = source
  }

  /** The object that a body is. Throws `JsonSyntaxError` and `GatewayError` as `readRoot` does. */
  static ofBody(body: string): JsonView {
    return new JsonView(readRoot(body), body)
  }

  /** As it was written. */
  get text(): string {
    return this.#source.slice(this.#node.start, this.#node.end)
  }

  /** The decoded text of a string; `null` for anything else. */
  get string(): string | null {
    return this.#node.kind === 'string' ? this.#node.value : null
  }

  get isObject(): boolean {
    return this.#node.kind === 'object'
  }

  get isTrue(): boolean {
    return this.#node.kind === 'true'
  }

  /** The items of a list; `null` for anything else. */
  get items(): readonly JsonView[] | null {
    return this.#node.kind === 'array' ? this.#node.items.map((item) => this.#view(item)) : null
  }

  /** Keys and values of an object, without nulls; empty for anything else. */
  get entries(): readonly (readonly [key: string, value: JsonView])[] {
    if (this.#node.kind !== 'object') return []
    return this.#node.entries
      .filter(({ value }) => value.kind !== 'null')
      .map(({ key, value }) => [key.value, this.#view(value)] as const)
  }

  /** The value under a key of an object; `null` when it is absent or null. */
  get(key: string): JsonView | null {
    return this.entries.find(([name]) => name === key)?.[1] ?? null
  }

  #view(node: JsonNode): JsonView {
    return new JsonView(node, this.#source)
  }
}

/** An object from keys and JSON texts; entries whose text is `null` are left out. */
export function objectText(entries: Readonly<Record<string, string | null | undefined>>): string {
  const members = Object.entries(entries).flatMap(([key, text]) =>
    text === null || text === undefined ? [] : `${JSON.stringify(key)}:${text}`,
  )
  return `{${members.join(',')}}`
}

/** A list from JSON texts. */
export function listText(items: readonly string[]): string {
  return `[${items.join(',')}]`
}
