import type Database from 'better-sqlite3'
import type { MerkleFrontier } from '../merkle-frontier.ts'
import type { KeyEpochs } from './key-epochs.ts'
import { openCheckpoint } from './key-epochs.ts'
import type { Findings } from './report.ts'

/** The row of `head`. */
export interface HeadRow {
  readonly size: number
  readonly frontier: Buffer
  readonly last_ts: number
  readonly tip_note: string | null
}

/** Reads the head of a log; `undefined` when it has none. */
export function readHead(database: Database.Database): HeadRow | undefined {
  return database.prepare('SELECT size, frontier, last_ts, tip_note FROM head').get() as
    | HeadRow
    | undefined
}

interface HeadCheck {
  readonly origin: string
  readonly keys: KeyEpochs
  /** The tree of all events; `null` when it cannot be known. */
  readonly tree: MerkleFrontier | null
  /** Events in the log. */
  readonly end: number
  readonly lastTs: number | null
  /** The newest tree that a checkpoint has confirmed. */
  readonly confirmed: number
  readonly findings: Findings
}

/** Compares the head with the end of the log. Its note is signed with every append, so that no event is without a signature over it. */
export function checkHeadRow(head: HeadRow, check: HeadCheck): void {
  const { tree, end, lastTs, confirmed, findings } = check
  const wrong = (seq: number, message: string): void =>
    findings.add({ code: 'head-changed', seq, size: head.size, message })
  if (head.size !== end) {
    wrong(
      Math.min(head.size, end),
      `The log ends with ${end} events, but its head says ${head.size}.`,
    )
  }
  if (lastTs !== null && head.last_ts !== lastTs) {
    wrong(end, 'The time in the head is not that of the newest event.')
  }
  if (tree !== null && tree.size === head.size && !head.frontier.equals(tree.toBytes())) {
    wrong(confirmed, `Events ${confirmed} to ${end - 1} are not those that the head was made from.`)
  }
  checkTip(head, check)
}

function checkTip(
  { size, tip_note }: HeadRow,
  { origin, keys, tree, end, confirmed, findings }: HeadCheck,
): void {
  if (size === 0 && tip_note === null) return
  const tip = tip_note === null ? null : openCheckpoint(tip_note, { origin, keys })
  if (tip?.size !== size || !tip.isPlain) {
    findings.add({
      code: 'checkpoint-changed',
      size,
      message: 'The note in the head is not a checkpoint of its size of this log.',
    })
  } else if (!tip.isSigned) {
    findings.add({
      code: 'checkpoint-signature',
      size,
      message: 'The note in the head is not signed by the key of its time.',
    })
  } else if (tree !== null && tree.size === size && !tip.root.equals(tree.root())) {
    findings.add({
      code: 'checkpoint-changed',
      seq: confirmed,
      size,
      message: `Events ${confirmed} to ${end - 1} are not those that the newest note was signed for.`,
    })
  }
}
