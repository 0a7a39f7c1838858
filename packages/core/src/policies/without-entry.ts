/** A list without the entry at `index`; the list that is given stays as it is. */
export function withoutEntry<Entry>(list: readonly Entry[], index: number): Entry[] {
  return [...list.slice(0, index), ...list.slice(index + 1)]
}
