import { compilePattern } from '../../scan/customer-pattern.ts'
import type { ShapedPattern } from '../../scan/pattern-scanner.ts'
import { shapePattern } from '../../scan/pattern-scanner.ts'
import type { Span } from '../../text/span.ts'
import type { CategoryActions } from './category-actions.ts'
import type { Finding } from './finding.ts'
import type { DlpFilterOptions } from './options.ts'
import { rulesFor } from './rules/built-in-rules.ts'
import { RuleSet } from './rules/rule-set.ts'
import { TermSet } from './terms/term-set.ts'

/** What to look for; made once per configuration. */
export interface Plan {
  readonly rules: RuleSet
  readonly terms: TermSet
  readonly patterns: readonly ShapedPattern[]
  /** See `Ranked.weight`. */
  readonly weights: { readonly terms: number; readonly patterns: number }
}

/** Compiles checked options. Throws when a pattern does not compile: `check` reports it before. */
export function createPlan(options: DlpFilterOptions, actions: CategoryActions): Plan {
  const { fuzzy_matching: fuzzy, max_distance: maxDistance } = options
  return {
    rules: new RuleSet(rulesFor(options.sensitivity_level), (rule) => actions.weightOf(rule)),
    terms: new TermSet(options.blocked_terms, { fuzzy, maxDistance }),
    patterns: options.detect_patterns.map((source) => shapePattern(compilePattern(source))),
    weights: {
      terms: actions.weightOf({ id: 'blocked-term', category: 'terms' }) ?? 0,
      patterns: actions.weightOf({ id: 'custom-pattern', category: 'patterns' }) ?? 0,
    },
  }
}

/** What a match of a customer's pattern is. */
export function customFinding({ start, end }: Span, weight: number): Finding {
  return {
    ...{ rule: 'custom-pattern', category: 'patterns', type: 'CUSTOM', weight },
    ...{ score: 1000, start, end },
  }
}
