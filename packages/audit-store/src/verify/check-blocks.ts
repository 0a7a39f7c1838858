import type Database from 'better-sqlite3'
import { blockLeaves, MerkleFrontier } from '../merkle-frontier.ts'
import type { Findings } from './report.ts'

/** Told the root of a tree whenever one is known; see `CheckpointCheck.pass`. */
export type AtSize = (size: number, root: () => Buffer) => void

const pageRows = 1024

/**
 * Builds the tree of the first `size` events, a multiple of 1024, from the roots of its blocks, for the events that are not read again or
 * are there no more. `null` when a block is missing.
 */
export function treeOfBlocks(
  database: Database.Database,
  { size, atSize, findings }: { size: number; atSize: AtSize; findings: Findings },
): MerkleFrontier | null {
  const page = database.prepare(
    'SELECT idx, hash FROM subtrees WHERE idx >= ? AND idx < ? ORDER BY idx LIMIT ?',
  )
  const wanted = size / blockLeaves
  const blocks: Buffer[] = []
  // The tree over the roots of whole blocks has the same roots as the tree over their leaves.
  const tree = MerkleFrontier.empty()
  while (blocks.length < wanted) {
    const rows = page.all(blocks.length, wanted, pageRows) as { idx: number; hash: Buffer }[]
    if (rows.length === 0) rows.push({ idx: -1, hash: Buffer.alloc(0) })
    for (const { idx, hash } of rows) {
      if (idx !== blocks.length || hash.length !== 32) {
        findings.add(missingBlock(blocks.length))
        return null
      }
      blocks.push(hash)
      tree.append(hash)
      atSize(blocks.length * blockLeaves, () => tree.root())
    }
  }
  return MerkleFrontier.fromBlocks(blocks)
}

/** Compares the roots of blocks that the walk completes with the stored ones. */
export class BlockCheck {
  readonly #stored: Database.Statement
  readonly #last: Database.Statement
  readonly #findings: Findings

  constructor(database: Database.Database, findings: Findings) {
    this.#stored = database.prepare('SELECT hash FROM subtrees WHERE idx = ?').pluck()
    this.#last = database.prepare('SELECT max(idx) FROM subtrees').pluck()
    this.#findings = findings
  }

  /** The block that ends at `size` has this root. */
  check(size: number, root: Uint8Array): void {
    const idx = size / blockLeaves - 1
    const stored = this.#stored.get(idx) as Buffer | undefined
    if (stored === undefined) this.#findings.add(missingBlock(idx))
    else if (!stored.equals(root)) {
      const seq = idx * blockLeaves
      this.#findings.add({
        code: 'block-changed',
        seq,
        size,
        message: `Events ${seq} to ${size - 1} are not those that the stored root of block ${idx} was made from.`,
      })
    }
  }

  /** The tree has ended at `size`: no block may lie beyond. */
  end(size: number): void {
    const last = this.#last.get() as number | null
    if (last === null || (last + 1) * blockLeaves <= size) return
    this.#findings.add({
      code: 'block-changed',
      size: (last + 1) * blockLeaves,
      message: `There is a root of block ${last}, which the log of ${size} events does not have.`,
    })
  }
}

function missingBlock(idx: number): Parameters<Findings['add']>[0] {
  const seq = idx * blockLeaves
  return {
    code: 'block-changed',
    seq,
    size: seq + blockLeaves,
    message: `The root of block ${idx}, of events ${seq} to ${seq + blockLeaves - 1}, is missing.`,
  }
}
