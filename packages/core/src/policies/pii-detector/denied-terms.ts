import type { Detected } from './entity-detector.ts'
import { plainName } from './entity-types.ts'
import type { PiiDetectorOptions } from './options.ts'
import { FormAutomaton } from './recognizers/form-automaton.ts'
import { beginsValue } from './recognizers/value-start.ts'

/** Longest term, in characters. */
const longestTerm = 64

/** Terms that are always reported, compiled to be looked for in one pass. */
export interface DeniedTerms {
  readonly automaton: FormAutomaton
  readonly terms: readonly { readonly type: string; readonly pattern: RegExp }[]
}

/** Compiles `deny_list`; `null` when it is empty. */
export function compileDenied({ deny_list }: PiiDetectorOptions): DeniedTerms | null {
  const terms = deny_list.flatMap(({ type, terms: written }) =>
    written.map((term) => ({ type: plainName(type), pattern: termPattern(term) })),
  )
  if (terms.length === 0) return null
  return { terms, automaton: new FormAutomaton(terms.map(({ pattern }) => pattern)) }
}

/** A whole word or phrase without regard to case; a space stands for one or two. */
function termPattern(term: string): RegExp {
  const words = term.normalize('NFKC').trim().split(/\s+/)
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
  return new RegExp(`${escaped.join(' {1,2}')}(?![\\p{L}\\p{N}_])`, 'iuy')
}

/** Finds the terms as whole words; of those that begin together the longest. Linear: bounded work wherever a word begins. */
export function findDenied(text: string, { automaton, terms }: DeniedTerms): Detected[] {
  const found: Detected[] = []
  let before = Number.NaN
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (beginsValue(before, unit) && text[index - 1] !== '_') {
      const one = longestAt(index)
      if (one !== null) found.push(one)
    }
    before = unit
  }
  return found

  function longestAt(start: number): Detected | null {
    let best: Detected | null = null
    for (const number of automaton.formsFrom(text, start, start + 2 * longestTerm)) {
      const { type, pattern } = terms[number] ?? { type: '', pattern: /(?!)/y }
      pattern.lastIndex = start
      const end = start + (pattern.exec(text)?.[0].length ?? 0)
      if (end > (best?.end ?? start))
        best = { rule: 'denied-term', type, start, end, score: 1000, proven: true }
    }
    return best
  }
}
