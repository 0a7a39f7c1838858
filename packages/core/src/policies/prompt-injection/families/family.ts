/**
 * The rule families: what an attack tries to do, and word patterns that say so.
 * A pattern is a row of word classes (UPPER CASE, from `word-classes.ts`) and words (lower case, `a|b` for one of several);
 * `~n` allows up to n words in between. Patterns never cross the end of a sentence.
 */
export interface Family {
  /** Rule id in findings. */
  readonly id: string
  /** Plain attacks: one match is nearly proof. */
  readonly strong: readonly string[]
  /** Wording that attacks share with some honest text: counts together with other signs. */
  readonly weak: readonly string[]
}
