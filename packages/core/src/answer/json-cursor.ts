import type { Place } from '../json/address.ts'
import { atIndex, atKey, atSomeKey } from '../json/address.ts'
import { FreeNames } from '../message/free-names.ts'

interface Container {
  readonly place: Place
  /** Names that its keys have in what goes out; `null` for an array. */
  readonly names: FreeNames | null
  /** Names that keys were given. */
  readonly given: Set<string>
  key: string
  index: number
}

type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'end'

const maxDepth = 64

/** Where a JSON text is while it is read character by character: what may come next (RFC 8259), and at which place. */
export class JsonCursor {
  readonly #root: Place
  readonly #open: Container[] = []
  #expected: Expected = 'value'

  constructor(root: Place) {
    this.#root = root
  }

  /** True where a string would be a key. */
  get atKey(): boolean {
    return this.#expected === 'key' || this.#expected === 'key-or-end'
  }

  /** True where a value may begin. */
  get atValue(): boolean {
    return this.#expected === 'value' || this.#expected === 'value-or-end'
  }

  /** The place of the value that begins here. */
  get place(): Place {
    const parent = this.#open.at(-1)
    if (parent === undefined) return this.#root
    return parent.names === null
      ? atIndex(parent.place, parent.index)
      : atKey(parent.place, parent.key)
  }

  /** The place of a key itself. */
  get keyPlace(): Place {
    return atSomeKey(this.#open.at(-1)?.place ?? this.#root)
  }

  /** Takes a structural character; false when it may not stand here. */
  take(character: string): boolean {
    if (character === '{' || character === '[') return this.#enter(character === '{')
    if (character === '}' || character === ']') return this.#leave(character === '}')
    if (character === ',') return this.#comma()
    if (character !== ':' || this.#expected !== 'colon') return false
    this.#expected = 'value'
    return true
  }

  /** A whole value has ended here. */
  endValue(): void {
    const parent = this.#open.at(-1)
    if (parent !== undefined) parent.index += 1
    this.#expected = parent === undefined ? 'end' : 'comma-or-end'
  }

  /** A key has ended here: `name` as it came, `shown` as it goes out, made different from the keys before when it was edited. */
  endKey(name: string, shown: string): string {
    this.#expected = 'colon'
    const parent = this.#open.at(-1)
    if (parent === undefined || parent.names === null) return shown
    parent.key = name
    if (name === shown && !parent.given.has(shown)) {
      parent.names.take(name)
      return name
    }
    const free = parent.names.free(shown)
    parent.given.add(free)
    return free
  }

  #enter(isObject: boolean): boolean {
    if (!this.atValue || this.#open.length >= maxDepth) return false
    const names = isObject ? new FreeNames() : null
    this.#open.push({ place: this.place, names, given: new Set(), key: '', index: 0 })
    this.#expected = isObject ? 'key-or-end' : 'value-or-end'
    return true
  }

  #leave(isObject: boolean): boolean {
    const parent = this.#open.at(-1)
    if (parent === undefined || (parent.names !== null) !== isObject) return false
    const empty = isObject ? 'key-or-end' : 'value-or-end'
    if (this.#expected !== 'comma-or-end' && this.#expected !== empty) return false
    this.#open.pop()
    this.endValue()
    return true
  }

  #comma(): boolean {
    const parent = this.#open.at(-1)
    if (parent === undefined || this.#expected !== 'comma-or-end') return false
    this.#expected = parent.names === null ? 'value' : 'key'
    return true
  }
}
