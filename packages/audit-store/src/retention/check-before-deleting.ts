import type Database from 'better-sqlite3'
import { blockLeaves, leafHash, MerkleFrontier } from '../merkle-frontier.ts'
import { originOf } from '../notes/verifier-key.ts'
import { KeyEpochs, openCheckpoint } from '../verify/key-epochs.ts'
import type { PruneState } from './prune-state.ts'

interface Row {
  readonly seq: number
  readonly leaf: Buffer
  readonly body: string
}

/** What must hold before the events below `upTo` may go; `problem` says in a clause what does not. */
export type Checked =
  | { readonly problem: null; readonly tree: MerkleFrontier }
  | { readonly problem: string }

/** Deleting must never destroy what shows that somebody changed the log: every event is hashed once more, and its tree held against the signed checkpoint. */
export function checkBeforeDeleting(
  database: Database.Database,
  { first, frontier }: PruneState,
  { log, upTo }: { readonly log: string; readonly upTo: number },
): Checked {
  const tree = MerkleFrontier.fromBytes(first, frontier)
  if (!tree) return { problem: `the tree of the ${first} deleted events is not there` }
  const page = database.prepare<unknown[], Row>(
    'SELECT seq, leaf, body FROM events WHERE seq >= ? AND seq < ? ORDER BY seq LIMIT 1024',
  )
  while (tree.size < upTo) {
    const rows = page.all(tree.size, upTo)
    if (rows.length === 0) return { problem: `event ${tree.size} is missing` }
    for (const { seq, leaf, body } of rows) {
      if (seq !== tree.size) return { problem: `event ${tree.size} is missing` }
      if (!leafHash(body).equals(leaf)) return { problem: `event ${seq} was changed` }
      tree.append(leaf)
    }
  }
  return checkTree(database, { log, tree })
}

/** The same, from the kept roots of their blocks: for when some of the events are deleted already. */
export function checkBlocks(
  database: Database.Database,
  { first, frontier }: PruneState,
  { log, upTo }: { readonly log: string; readonly upTo: number },
): Checked {
  const before = MerkleFrontier.fromBytes(first, frontier)
  const roots = database
    .prepare('SELECT hash FROM subtrees WHERE idx >= ? AND idx < ? ORDER BY idx')
    .pluck()
    .all(first / blockLeaves, upTo / blockLeaves) as Buffer[]
  const tree = before && MerkleFrontier.fromBlocks(roots, before)
  if (tree?.size !== upTo) return { problem: `a block root below ${upTo} is missing` }
  return checkTree(database, { log, tree })
}

function checkTree(
  database: Database.Database,
  { log, tree }: { readonly log: string; readonly tree: MerkleFrontier },
): Checked {
  const note = database
    .prepare('SELECT note FROM checkpoints WHERE size = ?')
    .pluck()
    .get(tree.size) as string | undefined
  const setting = { origin: originOf(log), keys: KeyEpochs.read(database) }
  const checkpoint = openCheckpoint(note ?? '', setting)
  const name = `the checkpoint of ${tree.size} events`
  if (checkpoint?.size !== tree.size) return { problem: `${name} is missing` }
  if (!checkpoint.isSigned) return { problem: `${name} is not signed by the key of its time` }
  if (!checkpoint.root.equals(tree.root())) return { problem: `${name} is of other events` }
  return { problem: null, tree }
}
