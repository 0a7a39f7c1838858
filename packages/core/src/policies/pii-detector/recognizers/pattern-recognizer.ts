/** One way in which a value is written. */
export interface Form {
  /**
   * Sticky (`y`, with `i` where letters may have any case), bounded, without nested quantifiers: tried where a word or number
   * begins. It says itself what may not follow (`(?![\p{L}\p{N}])` and the like) and matches at most `longest` characters.
   */
  readonly pattern: RegExp
  /** Confidence in thousandths without a check digit or a cue: 50 says that nearly anything looks like it, 850 that little else does. */
  readonly score: number
}

/** A kind of personal data that shows itself by its form, its check digit and the words around it. */
export interface PatternRecognizer {
  /** Canonical name in UPPER_SNAKE, as Presidio calls it where it knows it: `UK_NHS`. */
  readonly entity: string
  /** The word in its label marker: `NHS_NUMBER` makes `[NHS_NUMBER_REDACTED]`. */
  readonly label: string
  /** Other names that configurations use, upper-case. */
  readonly aliases: readonly string[]
  readonly forms: readonly Form[]
  /** The longest match of any form, in UTF-16 units; at most 64. */
  readonly longest: number
  /**
   * What its check digit says of a value as written: `true` proves it, `false` drops it, `undefined` when there is none to ask.
   * Linear; throws nothing.
   */
  readonly check?: (written: string) => boolean | undefined
  /** Whole words and phrases, lower-case, in English and the country's languages, that announce the value; compared without accents. */
  readonly cues: readonly string[]
  /** Where the form and the check digit are specified: a URL or the title of the norm. */
  readonly source: string
}
