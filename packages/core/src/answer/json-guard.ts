import type { Place } from '../json/address.ts'
import { isLongNumber } from '../message/long-number.ts'
import { JsonCursor } from './json-cursor.ts'
import type { Piece } from './piece.ts'
import { keptPiece, textOf } from './piece.ts'
import { escaped, RawText } from './raw-text.ts'
import type { TextGuard } from './text-guard.ts'

/** Makes the guards of what stands inside a JSON text. */
export interface Inside {
  /** For a text that turns out not to be JSON, from where it is not. */
  plain(place: Place): TextGuard
  /** For a string value. */
  value(place: Place): TextGuard
  /** For a key. */
  key(place: Place): TextGuard
  /** True once something was found that ends the answer. */
  readonly stopped: boolean
}

/** Longest key; and longest number, for what is longer is none that a program could mean. */
const longestKey = 1024
const longestScalar = 400

/**
 * Looks after a text that may be JSON (a tool's arguments), while it comes: every string in it is a text of its own,
 * read without its escapes, and stays a JSON string when it is edited. From the first character that is not JSON the
 * rest is one plain text.
 */
export class JsonGuard implements TextGuard {
  readonly #inside: Inside
  readonly #place: Place
  readonly #mayBeString: boolean
  readonly #cursor: JsonCursor
  /** What has come but is not understood yet: a part of an escape or of a number, a key. */
  #carry = ''
  #string: OpenString | null = null
  #plain: TextGuard | null = null
  #begun = false

  /** `mayBeString`: a JSON string alone counts as JSON too. */
  constructor(place: Place, mayBeString: boolean, inside: Inside) {
    this.#inside = inside
    this.#place = place
    this.#mayBeString = mayBeString
    this.#cursor = new JsonCursor(place)
  }

  push(text: string): Piece[] {
    const source = this.#carry + text
    this.#carry = ''
    const out: Piece[] = []
    let at = 0
    while (at < source.length) {
      if (this.#plain !== null) {
        add(out, this.#plain.push(source.slice(at)))
        break
      }
      const next =
        this.#string === null ? this.#structure(source, at, out) : this.#content(source, at, out)
      if (this.#inside.stopped) break
      if (next === at && this.#plain === null) {
        this.#carry = source.slice(at)
        break
      }
      at = next
    }
    return out
  }

  end(): Piece[] {
    const out: Piece[] = []
    if (this.#string !== null) {
      add(out, this.#string.end())
      // A part of an escape says nothing.
      if (this.#carry !== '' && !this.#inside.stopped) out.push(keptPiece(this.#carry))
    } else if (this.#carry !== '') {
      if (isScalar(this.#carry.trim())) add(out, this.#last(this.#carry))
      else add(out, this.#becomePlain().push(this.#carry))
    }
    if (this.#plain !== null) add(out, this.#plain.end())
    return out
  }

  /** Reads what stands between strings; gives where it got to: `at` itself when more must come first. */
  #structure(source: string, at: number, out: Piece[]): number {
    const space = runOf(/[ \t\r\n]+/y, source, at)
    if (space > at) {
      out.push(keptPiece(source.slice(at, space)))
      return space
    }
    const character = source.charAt(at)
    if (character === '"') return this.#openString(source, at, out)
    if (!this.#mayBegin(character)) return this.#stopAt(at)
    if ('{}[],:'.includes(character)) {
      if (!this.#cursor.take(character)) return this.#stopAt(at)
      out.push(keptPiece(character))
      return at + 1
    }
    return this.#scalar(source, at, out)
  }

  #scalar(source: string, at: number, out: Piece[]): number {
    const end = runOf(/[-+.\w]+/y, source, at)
    if (end === at || !this.#cursor.atValue || end - at > longestScalar) return this.#stopAt(at)
    const next = runOf(/[ \t\r\n]+/y, source, end)
    if (next - at > longestScalar) return this.#stopAt(at)
    if (next === source.length) return at
    const scalar = source.slice(at, end)
    // What follows tells whether it was one: `4111 1111` is none, and must be read together.
    if (!isScalar(scalar) || !',]}'.includes(source.charAt(next))) return this.#stopAt(at)
    const shown = isLongNumber(scalar) ? this.#shown(scalar) : scalar
    if (this.#inside.stopped) return at
    this.#cursor.endValue()
    if (shown === scalar) out.push(keptPiece(scalar))
    else out.push({ text: `"${escaped(shown)}"`, taken: scalar.length, kept: false })
    return end
  }

  /** A number with which the text ends: it may go on nowhere. */
  #last(scalar: string): Piece[] {
    return isLongNumber(scalar.trim()) ? this.#becomePlain().push(scalar) : [keptPiece(scalar)]
  }

  /** A number that is long enough to be somebody's is a text too; edited, it becomes a string. */
  #shown(scalar: string): string {
    const guard = this.#inside.value(this.#cursor.place)
    return textOf([...guard.push(scalar), ...guard.end()])
  }

  #openString(source: string, at: number, out: Piece[]): number {
    if (this.#cursor.atKey) return this.#key(source, at, out)
    if (!this.#cursor.atValue || !this.#mayBegin('"')) return this.#stopAt(at)
    this.#string = new OpenString(this.#inside.value(this.#cursor.place))
    out.push(keptPiece('"'))
    return at + 1
  }

  /** A key goes out when it is complete, for two keys of an object may not become the same. */
  #key(source: string, at: number, out: Piece[]): number {
    const head = source.slice(at, at + longestKey + 1)
    const length = runOf(/"(?:[^"\\]|\\[\s\S])*"/y, head, 0)
    if (length === 0) return head.length > longestKey ? this.#stopAt(at) : at
    const end = at + length
    const literal = source.slice(at, end)
    const name = readString(literal)
    if (name === null) return this.#stopAt(at)
    const guard = this.#inside.key(this.#cursor.keyPlace)
    const shown = textOf([...guard.push(name), ...guard.end()])
    const free = this.#cursor.endKey(name, shown)
    if (free === name) out.push(keptPiece(literal))
    else out.push({ text: `"${escaped(free)}"`, taken: literal.length, kept: false })
    return end
  }

  /** Reads what stands inside a string value. */
  #content(source: string, at: number, out: Piece[]): number {
    const string = this.#string
    if (string === null) return at
    const end = runOf(/[^"\\]+/y, source, at)
    if (end > at) {
      add(out, string.push(source.slice(at, end), null))
      return end
    }
    if (source.charAt(at) === '"') {
      add(out, string.end())
      if (this.#inside.stopped) return at
      out.push(keptPiece('"'))
      this.#string = null
      this.#cursor.endValue()
      return at + 1
    }
    const isUnicode = source.charAt(at + 1) === 'u'
    const length = isUnicode ? 6 : 2
    if (source.length < at + length) return at
    const sequence = source.slice(at, at + length)
    // An escape that JSON does not have is read as it stands.
    add(out, string.push(sequence, readString(`"${sequence}"`)))
    return at + length
  }

  /** Only an object, an array and, where it may be, a string alone are taken for JSON. */
  #mayBegin(character: string): boolean {
    if (this.#begun) return true
    this.#begun = true
    return character === '{' || character === '[' || (this.#mayBeString && character === '"')
  }

  #stopAt(at: number): number {
    this.#becomePlain()
    return at
  }

  #becomePlain(): TextGuard {
    this.#plain ??= this.#inside.plain(this.#place)
    return this.#plain
  }
}

/** A string value that has begun. */
class OpenString {
  readonly #guard: TextGuard
  readonly #raw = new RawText()

  constructor(guard: TextGuard) {
    this.#guard = guard
  }

  /** Takes what was written; `text` is what it reads as, when that is something else. */
  push(raw: string, text: string | null): Piece[] {
    this.#raw.add(raw, (text ?? raw).length)
    return this.#raw.rewrite(this.#guard.push(text ?? raw))
  }

  end(): Piece[] {
    return this.#raw.rewrite(this.#guard.end())
  }
}

function add(out: Piece[], pieces: readonly Piece[]): void {
  for (const piece of pieces) out.push(piece)
}

/** Where what the sticky `pattern` matches at `at` ends; `at` when it does not match. */
function runOf(pattern: RegExp, source: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(source) ? pattern.lastIndex : at
}

/** RFC 8259 §3, §6. */
function isScalar(text: string): boolean {
  return /^(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)$/.test(text)
}

function readString(literal: string): string | null {
  try {
    return JSON.parse(literal.replace(/\p{Cc}/gu, '?')) as string
  } catch {
    return null
  }
}
