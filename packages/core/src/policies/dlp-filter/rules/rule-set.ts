import type { MappedText } from '../../../text/mapped-text.ts'
import type { Finding } from '../finding.ts'
import { entropyOf } from './entropy.ts'
import { KeywordAutomaton } from './keyword-automaton.ts'
import { isDummyToken, isPlaceholder } from './placeholder.ts'
import type { Rule } from './rule.ts'

/** Longest reach of a rule, in characters. */
export const longestReach = 512

/** A rule with what its pattern says about its matches. */
export interface CompiledRule extends Rule {
  readonly reach: number
  /** Its matches hold no white space. */
  readonly inOneRun: boolean
  /** See `Ranked.weight`. */
  readonly weight: number
}

/** Says how much a category's findings weigh where they overlap others; `null` leaves the category out. */
export type WeightOf = (rule: Rule) => number | null

/** Rules that are looked for together, compiled once. */
export class RuleSet {
  readonly rules: readonly CompiledRule[]
  readonly automaton: KeywordAutomaton
  /** The numbers of the rules that have a keyword, by the keyword's number. */
  readonly rulesOf: readonly (readonly number[])[]
  readonly lengths: readonly number[]

  constructor(rules: readonly Rule[], weightOf: WeightOf) {
    this.rules = rules.flatMap((rule) => {
      const weight = weightOf(rule)
      return weight === null ? [] : [compile(rule, weight)]
    })
    const byKeyword = new Map<string, number[]>()
    this.rules.forEach(({ keywords }, number) => {
      for (const keyword of new Set(keywords)) {
        const numbers = byKeyword.get(keyword)
        if (numbers === undefined) byKeyword.set(keyword, [number])
        else numbers.push(number)
      }
    })
    this.rulesOf = [...byKeyword.values()]
    this.lengths = [...byKeyword.keys()].map((keyword) => keyword.length)
    this.automaton = new KeywordAutomaton([...byKeyword.keys()])
  }
}

function compile(rule: Rule, weight: number): CompiledRule {
  const reach = Math.min(rule.reach ?? longestReach, longestReach)
  const pattern = new RegExp(rule.pattern.source, flagsOf(rule.pattern))
  return { ...rule, pattern, reach, inOneRun: !mayHoldSpace(pattern.source), weight }
}

/** The pattern is used for all matches from a place on, with the places of its groups. */
function flagsOf({ flags }: RegExp): string {
  return [...new Set([...flags, 'd', 'g'])].join('')
}

const lookaround = /\(\?<?[=!](?:\\.|\[(?:\\.|[^\]\\])*\]|[^()[\]\\])*\)/g
const space = /\\[sSWDnrtvfP]|\[\^|(?<!\\)\.|[ \n]/

/** False only when no match can hold white space. Look-around is not part of a match. */
function mayHoldSpace(source: string): boolean {
  return space.test(source.replaceAll(lookaround, ''))
}

/** All matches of a rule in a reading of a part that begins at `base`, which hold what the rule says a secret must. */
export function* findMatches(
  rule: CompiledRule,
  reading: MappedText,
  base: number,
): Iterable<Finding> {
  const { pattern } = rule
  pattern.lastIndex = 0
  for (let match = pattern.exec(reading.text); match !== null; match = pattern.exec(reading.text)) {
    const [start, end] = match.indices?.groups?.['secret'] ?? match.indices?.[0] ?? [0, 0]
    if (match[0] === '') pattern.lastIndex += 1
    if (end <= start) continue
    const secret = reading.text.slice(start, end)
    const isProven = rule.proof?.(secret) === true
    if (!isProven && !isSecret(rule, secret)) continue
    const span = reading.toOriginalSpan(start, end)
    const { id, category, type, weight } = rule
    yield {
      ...{ rule: id, category, type, weight, ...(isProven ? { proven: true } : {}) },
      ...{ score: isProven ? provenScore : scoreOf(rule) },
      ...{ start: span.start + base, end: span.end + base },
    }
  }
}

/** Score of a secret whose check sum is right, in thousandths. */
const provenScore = 1000

/** Score of what a rule finds without a proof. A check sum that is wrong makes it less sure. */
function scoreOf({ isGeneric, proof }: CompiledRule): number {
  if (isGeneric) return 700
  return proof === undefined ? 950 : 800
}

function isSecret({ minEntropy, check, proof, category }: CompiledRule, secret: string): boolean {
  if (minEntropy !== undefined && entropyOf(secret) < minEntropy) return false
  if (check !== undefined && !check(secret)) return false
  if (proof !== undefined) return !isDummyToken(secret)
  return !(category.endsWith('credentials') && isPlaceholder(secret))
}
