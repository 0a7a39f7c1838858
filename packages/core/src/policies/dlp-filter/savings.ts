import type { Saving } from '../policy.ts'
import { withoutEntry } from '../without-entry.ts'
import type { DlpFilterOptions } from './options.ts'

/** What would make the filter cheaper: typing errors that it need not see through, patterns and terms of the customer. */
export function savings(options: DlpFilterOptions): Saving<DlpFilterOptions>[] {
  const { fuzzy_matching, blocked_terms, detect_patterns } = options
  const found: Saving<DlpFilterOptions>[] = detect_patterns.map((_, index) => ({
    option: `detect_patterns[${index}]`,
    change: `narrow or drop detect_patterns[${index}]`,
    loses: 'what only this pattern finds is then not found',
    options: { ...options, detect_patterns: withoutEntry(detect_patterns, index) },
  }))
  if (fuzzy_matching && blocked_terms.length > 0) {
    found.push({
      option: 'fuzzy_matching',
      change: 'set fuzzy_matching: false',
      loses: 'blocked terms with typing errors are then not found',
      options: { ...options, fuzzy_matching: false },
    })
  }
  return found
}
