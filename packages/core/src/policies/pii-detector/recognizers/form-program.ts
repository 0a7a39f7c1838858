import { RE2JS } from 're2js'

/** A step that reads one character: every way through a form is a row of these. */
export interface Reading {
  /** True when the step may read this code point. */
  reads(point: number): boolean
  /** Names what it reads: steps with the same name read the same. */
  readonly name: string
  /** What may be read next. */
  readonly next: readonly Reading[]
  /** The form may end behind this character. */
  readonly ends: boolean
}

/** What a form begins with; `ends` when it matches the empty text. */
export type Beginning = Pick<Reading, 'next' | 'ends'>

/** One step of a compiled pattern, as RE2 programs have them. */
interface Step {
  readonly op: number
  readonly out: number
  readonly arg: number
  /** The first and the last character of each range it reads, or the only character. */
  readonly runes: Int32Array
  matchRune(rune: number): boolean
}

// Operations of the pinned version of re2js.
const [alt, altMatch, fail, match] = [1, 2, 5, 6]
const [rune, any, anyNotLine] = [8, 10, 11]

/**
 * Takes a form apart into steps of one character. What looks around (`(?!…)`) is left out, and a back-reference reads all that
 * its group may, so the steps read whatever the form matches, and more. Throws for what RE2 cannot express.
 */
export function readForm(pattern: RegExp): Beginning {
  const known = beginnings.get(pattern)
  if (known !== undefined) return known
  const beginning = takeApart(pattern)
  beginnings.set(pattern, beginning)
  return beginning
}

// Recognisers are constants, configurations come and go.
const beginnings = new WeakMap<RegExp, Beginning>()

function takeApart(pattern: RegExp): Beginning {
  const flags = pattern.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0
  const source = RE2JS.translateRegExp(withoutBackReferences(withoutLookAround(pattern.source)))
  const program: { inst?: readonly Step[]; start?: number } = RE2JS.compile(source, flags).re2()
    .prog
  const { inst, start } = program
  if (inst === undefined || start === undefined) throw new Error('the form has no program')
  return new ProgramReader(inst).from(start)
}

/** Connects the steps of a program that read characters, over those that don't. */
class ProgramReader {
  readonly #inst: readonly Step[]
  readonly #readings = new Map<number, { reading: Reading; next: Reading[] }>()

  constructor(inst: readonly Step[]) {
    this.#inst = inst
  }

  from(start: number): Beginning {
    const next: Reading[] = []
    const ends = this.#follow(start, next)
    return { next, ends }
  }

  /** Adds what may be read from `start` on; true when the form may end there. */
  #follow(start: number, next: Reading[]): boolean {
    let ends = false
    const seen = new Set<number>()
    const open = [start]
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      const step = this.#inst[place]
      if (step === undefined || seen.has(place)) continue
      seen.add(place)
      if (step.op >= rune) next.push(this.#reading(place, step))
      else if (step.op === match) ends = true
      else if (step.op !== fail)
        open.push(...(step.op === alt || step.op === altMatch ? [step.arg, step.out] : [step.out]))
    }
    return ends
  }

  #reading(place: number, step: Step): Reading {
    const known = this.#readings.get(place)
    if (known !== undefined) return known.reading
    const next: Reading[] = []
    const name = `${Math.max(step.op, any - 1)} ${step.arg} ${step.runes.join()}`
    const made = { reads: readerOf(step), name, next, ends: false }
    this.#readings.set(place, { reading: made, next })
    made.ends = this.#follow(step.out, next)
    return made
  }
}

function readerOf(step: Step): (point: number) => boolean {
  if (step.op === any) return () => true
  if (step.op === anyNotLine) return (point) => point !== 10
  return (point) => step.matchRune(point)
}

/** The source of a regular expression without its look-around groups. */
function withoutLookAround(source: string): string {
  let kept = ''
  let from = 0
  for (const { index } of source.matchAll(/\(\?<?[=!]/g)) {
    if (index < from || isEscaped(source, index)) continue
    kept += source.slice(from, index)
    from = groupEnd(source, index)
  }
  return kept + source.slice(from)
}

/** The source with the group itself in the place of every `\\1`. */
function withoutBackReferences(source: string): string {
  if (!/\\[1-9]/.test(source)) return source
  const groups = [...source.matchAll(/\((?!\?(?!<))/g)]
    .filter(({ index }) => !isEscaped(source, index) && !isInClass(source, index))
    .map(({ index }) => source.slice(index, groupEnd(source, index)))
  return source.replace(/\\([1-9])/g, (written, number, at) => {
    if (isEscaped(source, at)) return written
    return (groups[Number(number) - 1] ?? written).replace(/^\((?:\?<\w+>)?/, '(?:')
  })
}

function isInClass(source: string, index: number): boolean {
  return /^(?:\\.|[^\\])*\[(?:\\.|[^\]\\])*$/s.test(source.slice(0, index))
}

function isEscaped(source: string, index: number): boolean {
  return /(?:^|[^\\])(?:\\\\)*\\$/.test(source.slice(0, index))
}

/** Where the group that begins at `start` ends. */
function groupEnd(source: string, start: number): number {
  let depth = 0
  let inClass = false
  for (let index = start; index < source.length; index += 1) {
    const character = source[index]
    if (character === '\\') index += 1
    else if (inClass) inClass = character !== ']'
    else if (character === '[') inClass = true
    else if (character === '(') depth += 1
    else if (character === ')') depth -= 1
    if (depth === 0) return index + 1
  }
  throw new Error('a group of the form has no end')
}
