/** What is known besides the schema, to help with misspellings. */
export interface ValidationHints {
  /** Other spellings of keys, by dotted path of their mapping (empty for the top). */
  readonly keyAliases: ReadonlyMap<string, readonly string[]>
  /** Other spellings of values, by dotted path of the option. */
  readonly valueAliases: Readonly<Record<string, Readonly<Record<string, string>>>>
}
