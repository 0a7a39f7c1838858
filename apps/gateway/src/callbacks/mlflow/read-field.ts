/** A field of a JSON value, by the names that lead there; `undefined` when one is missing. */
export function readField(value: unknown, ...names: readonly string[]): unknown {
  let at = value
  for (const name of names) {
    if (typeof at !== 'object' || at === null) return undefined
    at = (at as Readonly<Record<string, unknown>>)[name]
  }
  return at
}

/** An id of MLflow: some servers write int64 ids as numbers. `null` when it is neither. */
export function readId(value: unknown): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return `${value}`
  return typeof value === 'string' && value !== '' ? value : null
}
