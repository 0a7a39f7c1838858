import { KeeptrustsError } from '../errors/keeptrusts-error.ts'
import type { Place } from '../json/address.ts'
import type { JsonObject } from '../json/json-node.ts'
import { BodyText } from './body-text.ts'
import { protocolWords } from './protocol-words.ts'
import type { SegmentField, Unscannable } from './segment.ts'
import type { Literal } from './strand.ts'
import { Strand } from './strand.ts'

/** Where a text stands, who says it and what it is for. */
export interface TextContext {
  readonly place: Place
  readonly role: string | null
  readonly field: SegmentField
  /** True in an event of a stream for a text that is complete in it, as opposed to a piece of the text of this place. */
  readonly whole?: boolean
}

/** How a text is read: as it is, as JSON if it is JSON, or as JSON if it is an object or an array. */
export type TextForm = 'plain' | 'json' | 'json-container'

/** A text or identifier that policies look at. */
export interface Leaf {
  readonly strand: Strand
  readonly context: TextContext
  readonly kind: 'text' | 'identifier'
  /** How it is to be read; a text that was opened is no leaf. */
  readonly form: TextForm
  /** True when the literals are parts of a message, each of which could hold a finding by itself. */
  readonly hasParts?: boolean
  /** True for a key of an object. */
  readonly isKey?: boolean
  /** The object whose keys must stay different when this one is edited. */
  readonly keyOf?: JsonObject
}

/** A text that may turn out to be JSON. */
interface Text extends OpenableText {
  readonly literals: readonly Literal[]
}

/** A string that holds JSON, opened. */
export interface OpenedJson {
  readonly strand: Strand
  readonly body: BodyText
}

/** Reads the inside of a JSON string into `out`; `false` when it is to be read as plain text. */
export type OpenJson = (out: Extraction, body: BodyText, text: OpenableText) => boolean

interface OpenableText {
  readonly context: TextContext
  readonly form: TextForm
}

/** JSON inside strings of JSON inside strings: read that many levels deep. */
export const maxNesting = 3

/** How many separate texts are read from one body: each costs far more memory than its characters. */
export const maxTexts = 200_000

interface ExtractionOptions {
  readonly dropLogprobs?: boolean
  readonly outer?: Extraction | null
}

/** What was found in a body. Walkers fill it; it is complete after `close`. Throws `request_too_large` beyond `maxTexts`. */
export class Extraction {
  /** In the order of the body, identifiers last. */
  readonly leaves: Leaf[] = []
  /** Outer ones before those inside them. */
  readonly opened: OpenedJson[] = []
  readonly unscannable: Unscannable[] = []
  /** True when the tokens beside texts must go (decision T4). */
  readonly dropsLogprobs: boolean
  readonly #texts: Text[] = []
  readonly #keys: Leaf[] = []
  readonly #identifiers = new Map<string, Leaf>()
  readonly #outer: Extraction | null
  readonly #nesting: number
  #count = 0

  constructor({ dropLogprobs = false, outer = null }: ExtractionOptions = {}) {
    this.dropsLogprobs = dropLogprobs
    this.#outer = outer
    this.#nesting = outer === null ? 0 : outer.#nesting + 1
  }

  /** A text that may be edited; several literals are adjacent parts of it. */
  text(literals: readonly Literal[], context: TextContext, form: TextForm = 'plain'): void {
    this.#countOne()
    this.#texts.push({ literals, context, form })
  }

  /** A string that is read and never edited. Each is read once: a stream repeats its ids in every event. */
  identifier(literal: Literal, context: TextContext, isKey = false): void {
    const { value } = literal.node
    const id = `${isKey} ${context.role} ${context.field} ${value}`
    if (value === '' || protocolWords.has(value) || this.#identifiers.has(id)) return
    this.#countOne()
    const strand = new Strand([literal])
    this.#identifiers.set(id, { strand, context, kind: 'identifier', form: 'plain', isKey })
  }

  /** A key that the sender made up and that may be edited. */
  key(literal: Literal, context: TextContext, keyOf: JsonObject): void {
    if (literal.node.value === '') return
    this.#countOne()
    const strand = new Strand([literal])
    this.#keys.push({ strand, context, kind: 'text', form: 'plain', isKey: true, keyOf })
  }

  /** Something that no policy can read (decision T3). */
  skip(context: TextContext, what: Unscannable['what']): void {
    this.unscannable.push({ address: context.place.address, what })
  }

  /** Ends the reading: texts that hold JSON are opened by `openJson`; `null` leaves that to whoever looks at them. */
  close(openJson: OpenJson | null): void {
    for (const text of this.#texts) this.#closeText(text, openJson)
    for (const leaf of this.#keys) this.leaves.push(leaf)
    for (const leaf of this.#identifiers.values()) this.leaves.push(leaf)
  }

  #countOne(): void {
    this.#count += 1
    if (this.#count > maxTexts)
      throw new KeeptrustsError({
        code: 'request_too_large',
        message: `The body holds more than ${maxTexts} separate texts`,
        suggestion: 'Send fewer strings at once.',
      })
    if (this.#outer !== null) this.#outer.#countOne()
  }

  #closeText(text: Text, openJson: OpenJson | null): void {
    const strand = new Strand(text.literals)
    const { context, form } = text
    if (strand.text === '') return
    if (openJson !== null && form !== 'plain' && this.#nesting < maxNesting) {
      const body = new BodyText(strand.text)
      const inner = new Extraction({ outer: this })
      if (openJson(inner, body, text)) {
        this.opened.push({ strand, body })
        inner.close(openJson)
        this.#adopt(inner)
        return
      }
    }
    const hasParts = text.literals.length > 1
    this.leaves.push({ strand, context, kind: 'text', form, hasParts })
  }

  #adopt(inner: Extraction): void {
    for (const leaf of inner.leaves) this.leaves.push(leaf)
    for (const opened of inner.opened) this.opened.push(opened)
    for (const skipped of inner.unscannable) this.unscannable.push(skipped)
  }
}
