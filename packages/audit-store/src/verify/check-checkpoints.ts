import type Database from 'better-sqlite3'
import { blockLeaves } from '../merkle-frontier.ts'
import type { KeyEpochs } from './key-epochs.ts'
import { openCheckpoint } from './key-epochs.ts'
import type { Findings } from './report.ts'

interface CheckpointRow {
  readonly size: number
  readonly note: string
}

const pageRows = 512

/**
 * Compares the stored checkpoints with the tree while it grows. They are read in the order of their sizes, each one's signature by the
 * key of its epoch, and its root where the tree of its size is known.
 */
export class CheckpointCheck {
  count = 0
  /** The newest tree that a checkpoint has confirmed. */
  confirmed = 0
  readonly #database: Database.Database
  readonly #log: { readonly origin: string; readonly keys: KeyEpochs }
  readonly #findings: Findings
  #page: CheckpointRow[] = []
  #place = 0
  #isRootLost = false

  constructor(
    database: Database.Database,
    log: { readonly origin: string; readonly keys: KeyEpochs },
    findings: Findings,
  ) {
    this.#database = database
    this.#log = log
    this.#findings = findings
    this.#readPage(0)
  }

  /** Size of the next checkpoint; infinite after the last. */
  get next(): number {
    return this.#page[this.#place]?.size ?? Number.POSITIVE_INFINITY
  }

  /** Whether the tree is known to differ from what was signed: the roots of all larger ones differ too, which says nothing new. */
  get isRootLost(): boolean {
    return this.#isRootLost
  }

  /** The tree has got to a size; `root` is `null` where it cannot be known any more. Sizes in between were not met. */
  pass(size: number, root: Buffer | null): void {
    while (this.next < size) this.#check(null)
    if (this.next === size) this.#check(root)
    else if (size % blockLeaves === 0 && size > 0) {
      this.#findings.add({
        code: 'checkpoint-missing',
        size,
        message: `The checkpoint of the first ${size} events is missing.`,
      })
    }
  }

  /** The tree has ended at `size`: nothing may be signed beyond it. */
  end(size: number): void {
    while (this.next <= size) this.#check(null)
    for (; this.next !== Number.POSITIVE_INFINITY; this.#check(null)) {
      this.#findings.add({
        code: 'checkpoint-unexpected',
        size: this.next,
        message: `There is a checkpoint of ${this.next} events, but the log has only ${size}.`,
      })
    }
  }

  #check(root: Buffer | null): void {
    const row = this.#page[this.#place]
    if (row === undefined) return
    this.count += 1
    this.#place += 1
    if (this.#place === this.#page.length) this.#readPage(row.size + 1)
    const opened = openCheckpoint(row.note, this.#log)
    const { size } = row
    if (opened?.size !== size || !opened.isPlain) {
      this.#findings.add({
        code: 'checkpoint-changed',
        size,
        message: `The checkpoint of ${size} events is not a checkpoint of that size of this log.`,
      })
    } else if (!opened.isSigned) {
      this.#findings.add({
        code: 'checkpoint-signature',
        size,
        message: `The checkpoint of ${size} events is not signed by the key of its time.`,
      })
    } else if (root !== null && !this.#isRootLost) {
      this.#compare(size, opened.root.equals(root))
    }
  }

  #compare(size: number, isEqual: boolean): void {
    if (isEqual) {
      this.confirmed = size
      return
    }
    this.#isRootLost = true
    this.#findings.add({
      code: 'checkpoint-changed',
      seq: this.confirmed,
      size,
      message: `Events ${this.confirmed} to ${size - 1} are not those that the checkpoint of ${size} events was signed for.`,
    })
  }

  #readPage(from: number): void {
    this.#place = 0
    this.#page = this.#database
      .prepare('SELECT size, note FROM checkpoints WHERE size >= ? ORDER BY size LIMIT ?')
      .all(from, pageRows) as CheckpointRow[]
  }
}
