import { sanitize } from './sanitize.ts'

/** A label and what it says; a fact that is not known is `null` and left out. */
export type Fact = readonly [label: string, value: string | null]

/** Facts as lines of two columns, a label that repeats written once. */
export function formatFacts(facts: readonly Fact[]): string[] {
  const known = facts.filter((fact): fact is [string, string] => fact[1] !== null)
  const width = Math.max(0, ...known.map(([label]) => label.length))
  return known.map(([label, value], i) => {
    const shown = known[i - 1]?.[0] === label ? '' : label
    return `  ${shown.padEnd(width)}  ${sanitize(value)}`
  })
}
