import type Database from 'better-sqlite3'
import { blockLeaves, MerkleFrontier, nodeHash } from '../merkle-frontier.ts'
import type { RangeRoot } from './split.ts'
import { splitOf } from './split.ts'

/**
 * The roots of ranges of a stored log: of whole blocks from `subtrees`, which are kept when their events are not, and of what is smaller
 * from the leaves. The function throws `RangeError` for events that retention has deleted.
 */
export function logTree(database: Database.Database): RangeRoot {
  const block = database.prepare('SELECT hash FROM subtrees WHERE idx = ?').pluck()
  const leaves = database
    .prepare('SELECT leaf FROM events WHERE seq >= ? AND seq < ? ORDER BY seq')
    .pluck()
  const rangeRoot: RangeRoot = (start, end) => {
    const size = end - start
    if (size === blockLeaves && start % blockLeaves === 0) {
      const root = block.get(start / blockLeaves) as Buffer | undefined
      if (root) return root
    }
    if (size > blockLeaves) {
      const middle = start + splitOf(size)
      return nodeHash(rangeRoot(start, middle), rangeRoot(middle, end))
    }
    const found = leaves.all(start, end) as Buffer[]
    if (found.length !== size) {
      throw new RangeError(`the leaves ${start} to ${end - 1} are not in the log any more`)
    }
    const tree = MerkleFrontier.empty()
    for (const leaf of found) tree.append(leaf)
    return tree.root()
  }
  return rangeRoot
}
