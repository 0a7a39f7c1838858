/** Values by key, sorted by key. */
export function groupBy<T>(
  values: readonly T[],
  keyOf: (value: T) => string,
): (readonly [key: string, members: T[]])[] {
  const groups = new Map<string, T[]>()
  for (const value of values) {
    const key = keyOf(value)
    const members = groups.get(key)
    if (members === undefined) groups.set(key, [value])
    else members.push(value)
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1))
}
