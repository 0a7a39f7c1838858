import { atIndex, atKey, rootPlace } from './address.ts'
import type { JsonEntry, JsonNode, JsonString } from './json-node.ts'
import type { JsonFault } from './json-syntax-error.ts'
import { JsonSyntaxError } from './json-syntax-error.ts'
import { scanJsonScalar } from './scan-json-scalar.ts'
import { scanJsonString } from './scan-json-string.ts'
import { SeenKeys } from './seen-keys.ts'
import { Stack } from './stack.ts'

export interface ScanJsonOptions {
  /** Most objects and arrays inside each other; default 64. */
  readonly maxDepth?: number
  /** Most values in all; default a million, since each costs far more memory than its text. */
  readonly maxValues?: number
  /** Default `reject`. */
  readonly duplicateKeys?: 'reject' | 'allow'
  /** Default `reject`. */
  readonly loneSurrogates?: 'reject' | 'allow'
  /** The key `__proto__`, which changes objects of the programs that read the text next; default `allow`. */
  readonly protoKeys?: 'reject' | 'allow'
}

/**
 * Reads a JSON text into a tree that knows where everything stands: strict RFC 8259, without recursion, in linear time.
 * @throws JsonSyntaxError with the place of the first fault
 */
export function scanJson(source: string, options: ScanJsonOptions = {}): JsonNode {
  return new Scanner(source, options).scan()
}

type Container = OpenObject | OpenArray

interface OpenObject {
  readonly kind: 'object'
  readonly start: number
  readonly entries: number
  seen: SeenKeys | null
  key: JsonString | null
}

interface OpenArray {
  readonly kind: 'array'
  readonly start: number
  readonly items: number
}

const comma = 0x2c
const colon = 0x3a

class Scanner {
  readonly #source: string
  readonly #maxDepth: number
  #valuesLeft: number
  readonly #rejectDuplicates: boolean
  readonly #loneSurrogates: 'reject' | 'allow'
  readonly #rejectProto: boolean
  readonly #open: Container[] = []
  // What the open containers hold so far. Slicing it gives arrays of the exact size: growing one per container
  // costs four times as much, nearly all of it garbage collection.
  readonly #entries = new Stack<JsonEntry>()
  readonly #items = new Stack<JsonNode>()
  #at = 0

  constructor(source: string, options: ScanJsonOptions) {
    this.#source = source
    this.#maxDepth = options.maxDepth ?? 64
    this.#valuesLeft = options.maxValues ?? 1_000_000
    this.#rejectDuplicates = options.duplicateKeys !== 'allow'
    this.#loneSurrogates = options.loneSurrogates ?? 'reject'
    this.#rejectProto = options.protoKeys === 'reject'
  }

  scan(): JsonNode {
    for (;;) {
      let value: JsonNode | null = this.#openOrScan()
      while (value !== null) {
        const parent = this.#open.at(-1)
        if (parent === undefined) return this.#finish(value)
        value =
          parent.kind === 'object' ? this.#addEntry(parent, value) : this.#addItem(parent, value)
      }
    }
  }

  /** Reads a whole value, or opens a container and gives `null` with the position before its first value. */
  #openOrScan(): JsonNode | null {
    this.#valuesLeft -= 1
    if (this.#valuesLeft < 0) return this.#fail('invalid_json', 'too many values')
    const code = this.#skipSpace()
    if (code === 0x22) return this.#string()
    if (code === 0x7b) return this.#openObject()
    if (code === 0x5b) return this.#openArray()
    const scalar = scanJsonScalar(this.#source, this.#at)
    if (scalar === null) return this.#fail('invalid_json', 'no value where one must be')
    this.#at = scalar.end
    return scalar
  }

  #openObject(): JsonNode | null {
    const start = this.#enter()
    if (this.#skipSpace() === 0x7d) {
      this.#at += 1
      return { kind: 'object', start, end: this.#at, entries: [] }
    }
    const entries = this.#entries.size
    const open: OpenObject = { kind: 'object', start, entries, seen: null, key: null }
    this.#open.push(open)
    this.#readKey(open)
    return null
  }

  #openArray(): JsonNode | null {
    const start = this.#enter()
    if (this.#skipSpace() === 0x5d) {
      this.#at += 1
      return { kind: 'array', start, end: this.#at, items: [] }
    }
    this.#open.push({ kind: 'array', start, items: this.#items.size })
    return null
  }

  #enter(): number {
    if (this.#open.length >= this.#maxDepth)
      this.#fail('too_deep', `more than ${this.#maxDepth} levels`)
    this.#at += 1
    return this.#at - 1
  }

  #readKey(open: OpenObject): void {
    open.key = null
    if (this.#skipSpace() !== 0x22) this.#fail('invalid_json', 'no key where one must be')
    const key = this.#string()
    open.key = key
    if (this.#rejectProto && key.value === '__proto__') {
      this.#at = key.start
      this.#fail('invalid_json', 'a key that no object may have')
    }
    if (this.#rejectDuplicates && this.#occursTwice(open, key.value)) {
      this.#at = key.start
      this.#fail('duplicate_key', 'a key occurs twice')
    }
    if (this.#skipSpace() !== colon) this.#fail('invalid_json', 'no colon after a key')
    this.#at += 1
  }

  #occursTwice(open: OpenObject, key: string): boolean {
    if (this.#entries.size === open.entries) return false
    open.seen ??= new SeenKeys()
    return open.seen.has(key, this.#entries, open.entries)
  }

  #addEntry(open: OpenObject, value: JsonNode): JsonNode | null {
    if (open.key !== null) this.#entries.push({ key: open.key, value })
    const code = this.#skipSpace()
    if (code === comma) {
      this.#at += 1
      this.#readKey(open)
      return null
    }
    if (code !== 0x7d) this.#fail('invalid_json', 'neither a comma nor the end of an object')
    this.#at += 1
    this.#open.pop()
    const entries = this.#entries.take(open.entries)
    return { kind: 'object', start: open.start, end: this.#at, entries }
  }

  #addItem(open: OpenArray, value: JsonNode): JsonNode | null {
    this.#items.push(value)
    const code = this.#skipSpace()
    if (code === comma) {
      this.#at += 1
      return null
    }
    if (code !== 0x5d) this.#fail('invalid_json', 'neither a comma nor the end of an array')
    this.#at += 1
    this.#open.pop()
    return { kind: 'array', start: open.start, end: this.#at, items: this.#items.take(open.items) }
  }

  #finish(value: JsonNode): JsonNode {
    this.#skipSpace()
    if (this.#at < this.#source.length) this.#fail('invalid_json', 'something after the value')
    return value
  }

  #string(): JsonString {
    const start = this.#at
    const scanned = scanJsonString(this.#source, start, this.#loneSurrogates)
    if (scanned.kind === 'fault') {
      this.#at = scanned.at
      return this.#fail(scanned.code, scanned.detail)
    }
    this.#at = scanned.end
    return scanned
  }

  /** Code of the next character that is not white space; NaN at the end. */
  #skipSpace(): number {
    const source = this.#source
    let at = this.#at
    let code = source.charCodeAt(at)
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      at += 1
      code = source.charCodeAt(at)
    }
    this.#at = at
    return code
  }

  #fail(code: JsonFault, detail: string): never {
    throw new JsonSyntaxError({ code, detail, path: this.#path(), offset: this.#at })
  }

  #path(): string {
    let place = rootPlace
    for (const [depth, open] of this.#open.entries()) {
      if (open.kind === 'object') {
        if (open.key !== null) place = atKey(place, open.key.value)
        continue
      }
      const next = this.#open.slice(depth + 1).find((inner) => inner.kind === 'array')
      const items = next?.kind === 'array' ? next.items : this.#items.size
      place = atIndex(place, items - open.items)
    }
    return place.address
  }
}
