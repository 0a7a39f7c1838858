/**
 * A JSON text with the place of everything in it. Offsets count UTF-16 code units of the source string;
 * `source.slice(start, end)` is the value exactly as it was written, quotes included.
 */
export type JsonNode = JsonObject | JsonArray | JsonString | JsonScalar

export interface JsonObject {
  readonly kind: 'object'
  readonly start: number
  readonly end: number
  readonly entries: readonly JsonEntry[]
}

export interface JsonEntry {
  readonly key: JsonString
  readonly value: JsonNode
}

export interface JsonArray {
  readonly kind: 'array'
  readonly start: number
  readonly end: number
  readonly items: readonly JsonNode[]
}

export interface JsonString {
  readonly kind: 'string'
  readonly start: number
  readonly end: number
  /** The decoded text. */
  readonly value: string
}

/** A number, `true`, `false` or `null`; its text is `source.slice(start, end)`. */
export interface JsonScalar {
  readonly kind: 'number' | 'true' | 'false' | 'null'
  readonly start: number
  readonly end: number
}
