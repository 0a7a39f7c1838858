import type { FreeNumbers } from './free-numbers.ts'

/** Gives every value of a label a number, in order of first appearance; the same value has the same number. */
export class NumberedValues {
  readonly #numbers = new Map<string, number>()
  readonly #last = new Map<string, number>()
  /** Numbers of the full names that end with a word. */
  readonly #byLastName = new Map<string, Set<number>>()
  readonly #before: NumberedValues | null
  readonly #free: FreeNumbers

  /** Goes on after `before`, whose values keep their numbers, and leaves out what is taken. */
  constructor(free: FreeNumbers, before: NumberedValues | null = null) {
    this.#free = free
    this.#before = before
  }

  /** The number of the value with this key, a new one when it has none. */
  numberOf(label: string, key: string): number {
    const known = this.#find(`${label} ${key}`) ?? this.#linked(label, key)
    return known ?? this.#add(label, key)
  }

  #find(id: string): number | undefined {
    return this.#numbers.get(id) ?? (this.#before === null ? undefined : this.#before.#find(id))
  }

  /** A last name alone is the one person of that name, when there is only one. */
  #linked(label: string, key: string): number | undefined {
    if (label !== 'PERSON' || key.includes(' ')) return undefined
    const numbers = this.#namesakes(key)
    return numbers.size === 1 ? [...numbers][0] : undefined
  }

  #namesakes(lastName: string): ReadonlySet<number> {
    const own = this.#byLastName.get(lastName) ?? []
    return new Set(this.#before === null ? own : [...own, ...this.#before.#namesakes(lastName)])
  }

  #add(label: string, key: string): number {
    const number = this.#free.from(label, this.#lastOf(label) + 1)
    this.#last.set(label, number)
    this.#numbers.set(`${label} ${key}`, number)
    const words = key.split(' ')
    if (label === 'PERSON' && words.length > 1) this.#addName(words.at(-1) ?? '', number)
    return number
  }

  #addName(lastName: string, number: number): void {
    const numbers = this.#byLastName.get(lastName)
    if (numbers === undefined) this.#byLastName.set(lastName, new Set([number]))
    else numbers.add(number)
  }

  #lastOf(label: string): number {
    return this.#last.get(label) ?? (this.#before === null ? 0 : this.#before.#lastOf(label))
  }
}
