import type { Reading } from './form-program.ts'

const [zero, nine] = [48, 57]
/** Class of the characters that nothing reads. */
const unread = 0

/**
 * Divides all characters into classes: those of one class are read by the same steps. The ten digits are one class, read by what
 * reads any of them: a text has far more numbers than shapes of numbers.
 */
export class Alphabet {
  readonly #steps: readonly Reading[]
  /** Steps that may read more than ASCII. */
  readonly #wide: readonly number[]
  /** Of each unit one more than its class; 0 while it is not known. */
  readonly #classes = new Uint16Array(0x10000)
  readonly #known = new Map<string, number>([['', unread]])
  readonly #readers: (readonly number[])[] = [[]]

  /** Takes the distinct steps; a step's number is its place. */
  constructor(steps: readonly Reading[]) {
    this.#steps = steps
    this.#wide = [...steps.keys()].filter((step) => mayReadWide(steps[step]?.name ?? ''))
    const digits = new Set<number>()
    for (let unit = zero; unit <= nine; unit += 1)
      for (const step of this.#readersOf(unit)) digits.add(step)
    this.#classes.fill(this.#classFor([...digits].sort((a, b) => a - b)) + 1, zero, nine + 1)
  }

  /** How many classes there are by now. */
  get size(): number {
    return this.#readers.length
  }

  /** The class of a code point. */
  classOf(point: number): number {
    const known = this.#classes[point]
    if (known !== undefined && known !== 0) return known - 1
    const found = this.#classFor(this.#readersOf(point))
    if (point < 0x10000) this.#classes[point] = found + 1
    return found
  }

  /** Numbers of the steps that read the characters of a class. */
  readers(group: number): readonly number[] {
    return this.#readers[group] ?? []
  }

  #classFor(readers: readonly number[]): number {
    const key = readers.join()
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const made = this.#readers.length
    this.#readers.push(readers)
    this.#known.set(key, made)
    return made
  }

  #readersOf(point: number): readonly number[] {
    const steps = point < 128 ? [...this.#steps.keys()] : this.#wide
    return steps.filter((step) => this.#steps[step]?.reads(point))
  }
}

/** False only for what surely reads nothing beyond ASCII; `k` and `s` have such forms. */
function mayReadWide(name: string): boolean {
  const [, arg, runes = ''] = name.split(' ')
  const ranges = runes.split(',').map(Number)
  if (runes === '' || ranges.some((rune) => rune >= 128)) return true
  return arg !== '0' && ranges.some((rune) => 'ksKS'.includes(String.fromCharCode(rune)))
}
