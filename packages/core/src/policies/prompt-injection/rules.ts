import { families } from './families/families.ts'
import { markers } from './markers.ts'
import { scriptRules } from './scripts.ts'
import { hashWord } from './tokens.ts'
import type { WordClass } from './word-classes.ts'
import { wordClasses } from './word-classes.ts'

/** A rule that adds its weight to a text's score once, however often it fits. */
export interface Rule {
  /** Rule id in findings: the family. */
  readonly family: string
  /** Key of its weight: the pattern itself, or a marker's name. */
  readonly key: string
  /** Weight before the data had a say, in tenths of log-odds. */
  readonly prior: number
  /** The most it may weigh, whatever the data say: keeps a weak sign from deciding alone. */
  readonly most: number
}

const STRONG = 30
const WEAK = 6
const MOST = 45
const MOST_WEAK = 12
const MARKER = 15
const SCRIPT = 30
const HIDDEN: Readonly<Record<string, number>> = {
  'tag-text': 70,
  reordered: 20,
  'split-words': 25,
}

/** Every rule, in a fixed order; its place is its number everywhere else. */
export const rules: readonly Rule[] = [
  ...families.flatMap(({ id, strong, weak }) => [
    ...strong.map((key) => ({ family: id, key, prior: STRONG, most: MOST })),
    ...weak.map((key) => ({ family: id, key, prior: WEAK, most: MOST_WEAK })),
  ]),
  ...markers.map(({ family, key }) => ({ family, key, prior: MARKER, most: MOST })),
  ...scriptRules.map(({ family, key }) => ({ family, key, prior: SCRIPT, most: MOST })),
  ...Object.entries(HIDDEN).map(([key, prior]) => ({
    family: 'hidden-characters',
    key,
    prior,
    most: prior,
  })),
]

const numbers = new Map(rules.map((rule, number) => [rule.key, number]))

/** The number of the rule with this key; throws for a key that no rule has. */
export function ruleNumber(key: string): number {
  const number = numbers.get(key)
  if (number === undefined) throw new Error(`no rule has the key ${key}`)
  return number
}

/** One word of a pattern. */
interface Step {
  readonly meaning: number
  /** How many words may stand before this one. */
  readonly gap: number
}

/** A row of words that is one rule. */
export interface WordPattern {
  readonly rule: number
  readonly steps: readonly Step[]
}

// Every class and every alternative of a pattern is a number, its meaning; a word's hash leads to the meanings it has.
const meaningNumbers = new Map<string, number>()
const meanings = new Map<number, number[]>()
const byFirstMeaning = new Map<number, WordPattern[]>()
const FILTER_MASK = 0x3fff
const filter = new Uint8Array(FILTER_MASK + 1)

for (const { strong, weak } of families) for (const key of [...strong, ...weak]) addPattern(key)

function addPattern(key: string): void {
  const steps: Step[] = []
  let gap = 0
  for (const part of key.split(' ')) {
    if (part.startsWith('~')) gap = Number(part.slice(1))
    else {
      steps.push({ meaning: meaningOf(part), gap })
      gap = 0
    }
  }
  const first = steps[0]?.meaning ?? -1
  const list = byFirstMeaning.get(first) ?? []
  list.push({ rule: ruleNumber(key), steps })
  byFirstMeaning.set(first, list)
}

/** The number of `PRIOR`, `a|b` or `PRIOR|a|b`, made on first use. */
function meaningOf(part: string): number {
  const known = meaningNumbers.get(part)
  if (known !== undefined) return known
  const made = meaningNumbers.size
  meaningNumbers.set(part, made)
  for (const alternative of part.split('|')) {
    const words = isClass(alternative)
      ? wordClasses[alternative].trim().split(/\s+/)
      : [alternative]
    for (const word of words) addMeaning(hashWord(word), made)
  }
  return made
}

function isClass(name: string): name is WordClass {
  return name in wordClasses
}

function addMeaning(hash: number, meaning: number): void {
  const list = meanings.get(hash) ?? []
  if (!list.includes(meaning)) list.push(meaning)
  meanings.set(hash, list)
  filter[hash & FILTER_MASK] = 1
}

/** The meanings of the word with this hash, `undefined` for a word of no pattern. */
export function meaningsOf(hash: number): readonly number[] | undefined {
  return filter[hash & FILTER_MASK] === 0 ? undefined : meanings.get(hash)
}

const patternsByWord = new Map<number, readonly WordPattern[]>()
for (const [hash, list] of meanings) {
  const patterns = list.flatMap((meaning) => byFirstMeaning.get(meaning) ?? [])
  if (patterns.length > 0) patternsByWord.set(hash, patterns)
}

/** The patterns that can begin with the word of this hash, `undefined` when none can. */
export function patternsFrom(hash: number): readonly WordPattern[] | undefined {
  return filter[hash & FILTER_MASK] === 0 ? undefined : patternsByWord.get(hash)
}
