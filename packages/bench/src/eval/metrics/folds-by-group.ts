/**
 * Deals groups to `count` folds of about the same size, so that no group is in two: the biggest first, each to the fold that
 * is smallest so far. With as many folds as groups this is leave-one-source-out. Returns the fold of each row.
 */
export function foldsByGroup(groups: readonly string[], count: number): number[] {
  const sizes = new Map<string, number>()
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  const load = new Array<number>(count).fill(0)
  const foldOf = new Map<string, number>()
  for (const [group, size] of [...sizes].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))) {
    const fold = load.indexOf(Math.min(...load))
    foldOf.set(group, fold)
    load[fold] = (load[fold] ?? 0) + size
  }
  return groups.map((group) => foldOf.get(group) ?? 0)
}
