import type { RE2JS } from 're2js'

/** Longest match of a pattern in answers, in characters (decision S1). */
export const longestMatch = 1024

/** What a customer's pattern says about where its matches lie. */
export interface PatternShape {
  /** No match is longer; `null` when nothing bounds it. */
  readonly longest: number | null
  /** True when a match may begin with this UTF-16 unit of normal text. */
  mayBegin(code: number): boolean
}

/** One step of a compiled pattern, as RE2 programs have them. */
interface Step {
  readonly op: number
  readonly out: number
  readonly arg: number
  matchRune(rune: number): boolean
}

// Operations of the pinned version of re2js; any other makes the pattern one of which nothing is known.
const [alt, altMatch, fail, match] = [1, 2, 5, 6]
const [rune, rune1, any, anyNotLine] = [8, 9, 10, 11]

const unknown: PatternShape = { longest: null, mayBegin: () => true }

/** Reads off a compiled pattern how long its matches can be and how they can begin. Sound: never less than the truth. */
export function patternShape(pattern: RE2JS): PatternShape {
  const program: { inst?: readonly Step[]; start?: number } = pattern.re2().prog
  const { inst, start } = program
  if (!Array.isArray(inst) || typeof start !== 'number') return unknown
  if (inst.some(({ op }) => !(op >= alt && op <= anyNotLine))) return unknown
  const steps = inst as readonly Step[]
  const path = longestPath(steps, start)
  // A character outside the basic plane is two units.
  const longest = path === null || path * 2 > longestMatch ? null : path
  return { longest: longest === null ? null : longest * 2, mayBegin: firstUnits(steps, start) }
}

function nextOf({ op, out, arg }: Step): readonly number[] {
  if (op === match || op === fail) return []
  return op === alt || op === altMatch ? [out, arg] : [out]
}

function consumes({ op }: Step): boolean {
  return op === rune || op === rune1 || op === any || op === anyNotLine
}

/** Most characters on a way from `start` to a match; `null` when a way leads in a circle. */
function longestPath(steps: readonly Step[], start: number): number | null {
  const lengths = new Map<number, number>()
  const entered = new Set<number>()
  const stack = [start]
  while (stack.length > 0) {
    const place = stack.at(-1) ?? start
    const step = steps[place]
    if (step === undefined || lengths.has(place)) {
      stack.pop()
      continue
    }
    const next = nextOf(step)
    const open = next.filter((one) => !lengths.has(one))
    if (open.some((one) => entered.has(one))) return null
    entered.add(place)
    if (open.length > 0) {
      stack.push(...open.slice(0, 1))
      continue
    }
    const ahead = Math.max(0, ...next.map((one) => lengths.get(one) ?? 0))
    lengths.set(place, ahead + (consumes(step) ? 1 : 0))
    stack.pop()
  }
  return lengths.get(start) ?? null
}

function firstUnits(steps: readonly Step[], start: number): (code: number) => boolean {
  const first: Step[] = []
  const seen = new Set<number>()
  const stack = [start]
  for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
    const step = steps[place]
    if (step === undefined || seen.has(place)) continue
    seen.add(place)
    if (consumes(step)) first.push(step)
    else if (step.op === match) return () => true
    else stack.push(...nextOf(step))
  }
  const table = new Uint8Array(128)
  for (let code = 0; code < 128; code += 1)
    table[code] = Number(first.some((step) => begins(step, code)))
  return (code) => {
    if (code < 128) return table[code] === 1
    // Halves of pairs are no characters of their own.
    return (code & 0xf800) === 0xd800 || first.some((step) => begins(step, code))
  }
}

function begins(step: Step, code: number): boolean {
  if (step.op === any) return true
  return step.op === anyNotLine ? code !== 10 : step.matchRune(code)
}
