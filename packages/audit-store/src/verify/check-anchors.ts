import type Database from 'better-sqlite3'
import type { Restore } from '../anchors/restores.ts'
import { explainingRestore, readRestores } from '../anchors/restores.ts'
import { parseCheckpoint } from '../notes/checkpoint.ts'
import { isSignedBy, parseNote } from '../notes/signed-note.ts'
import type { KeyEpochs } from './key-epochs.ts'
import type { Anchor, AnchorFile } from './read-anchors.ts'
import { readAnchors } from './read-anchors.ts'
import type { Findings } from './report.ts'

interface AnchorCheckOptions {
  readonly origin: string
  readonly keys: KeyEpochs
  /** Events in the log. */
  readonly size: number
  /** Restores, by the number of their event, whose loss is known and accepted. */
  readonly acceptedRestores: readonly number[]
  readonly integrity: Findings
  readonly completeness: Findings
}

/**
 * Compares anchors with the log. Those that equal a stored checkpoint are checked with it; the roots of all others are compared with the
 * tree when it gets to their size.
 */
export class AnchorCheck {
  count = 0
  skipped = 0
  /** The largest anchor that was found to be right. */
  anchored: Anchor | null = null
  readonly #options: AnchorCheckOptions
  readonly #stored: Database.Statement
  readonly #restores: readonly Restore[]
  /** The largest anchor of events that each restore gave up. */
  readonly #givenUp = new Map<Restore, number>()
  #loose: Anchor[] = []
  #place = 0

  constructor(database: Database.Database, options: AnchorCheckOptions) {
    this.#options = options
    this.#restores = readRestores(database)
    this.#stored = database.prepare('SELECT note FROM checkpoints WHERE size = ?').pluck()
  }

  /** Reads all files; what they hold about other logs does not count. */
  read(files: readonly AnchorFile[]): void {
    for (const file of files) for (const anchor of readAnchors(file)) this.#take(anchor)
    this.#loose.sort((left, right) => left.size - right.size)
  }

  /** Reports what restores gave up, once per restore: events that anchors are about are lost, also when that was meant. */
  finish(): void {
    const { completeness, acceptedRestores } = this.#options
    for (const [{ seq }, anchored] of this.#givenUp) {
      if (acceptedRestores.includes(seq)) continue
      completeness.add({
        code: 'restored',
        seq,
        size: anchored,
        message: `Events ${seq} to ${anchored - 1} of before are lost: event ${seq} says that a backup was restored.`,
      })
    }
  }

  /** Size of the tree that is wanted next; infinite when no more is. */
  get next(): number {
    return this.#loose[this.#place]?.size ?? Number.POSITIVE_INFINITY
  }

  /** The tree has got to a size; `root` is `null` where it cannot be known any more. Sizes in between were not met. */
  pass(size: number, root: Buffer | null): void {
    for (; this.next <= size; this.#place += 1) {
      const anchor = this.#loose[this.#place]
      if (anchor) this.#compare(anchor, anchor.size === size ? root : null)
    }
  }

  #take(anchor: Anchor | null): void {
    const { origin, size, completeness } = this.#options
    if (anchor === null) this.skipped += 1
    if (anchor === null || anchor.origin !== origin) return
    this.count += 1
    if (anchor.size > size) {
      // The key of its signature may be among what was given up.
      if (this.#isGivenUp(anchor)) return
      if (!this.#isSigned(anchor)) this.#refuse(anchor)
      completeness.add({
        code: 'truncated',
        seq: size,
        size: anchor.size,
        message: `An anchor is about ${anchor.size} events, but the log has only ${size}: its end was cut off.`,
      })
    } else if (this.#stored.get(anchor.size) === anchor.note) this.#confirm(anchor)
    else this.#loose.push(anchor)
  }

  #compare(anchor: Anchor, root: Buffer | null): void {
    const { integrity } = this.#options
    const { size } = anchor
    const stored = this.#stored.get(size)
    const known = root ?? rootOf(stored)
    if (!known?.equals(anchor.root) && this.#isGivenUp(anchor)) return
    if (!this.#isSigned(anchor)) {
      this.#refuse(anchor)
      return
    }
    if (stored === undefined && anchor.isLine && !this.#isFromAfterBackup(size)) {
      integrity.add({
        code: 'checkpoint-missing',
        size,
        message: `The log has lost the checkpoint of ${size} events that an anchor was made from.`,
      })
    }
    if (known === null) this.skipped += 1
    else if (known.equals(anchor.root)) this.#confirm(anchor)
    else {
      integrity.add({
        code: 'anchor-mismatch',
        size,
        message: `The first ${size} events are not those that an anchor of that size was made from: the log was written anew.`,
      })
    }
  }

  #isGivenUp(anchor: Anchor): boolean {
    const restore = explainingRestore(this.#restores, anchor)
    if (restore === null) return false
    this.#givenUp.set(restore, Math.max(anchor.size, this.#givenUp.get(restore) ?? 0))
    return true
  }

  /** A backup ends there that was restored: the checkpoint may have been made of the same events after the copy. */
  #isFromAfterBackup(size: number): boolean {
    return this.#restores.some(({ seq }) => seq === size)
  }

  #isSigned(anchor: Anchor): boolean {
    const { keys, size } = this.#options
    const note = parseNote(anchor.note)
    // The keys that would sign beyond the end may have been cut off with it.
    const able = anchor.size > size ? keys.all() : [keys.at(anchor.size)]
    return note !== null && able.some((key) => key !== null && isSignedBy(note, key))
  }

  #refuse({ size }: Anchor): void {
    this.#options.integrity.add({
      code: 'anchor-signature',
      size,
      message: `An anchor of ${size} events is not signed by the key of the log: one of the two was changed.`,
    })
  }

  #confirm(anchor: Anchor): void {
    if (this.anchored === null || anchor.size >= this.anchored.size) this.anchored = anchor
  }
}

function rootOf(note: unknown): Buffer | null {
  if (typeof note !== 'string') return null
  return parseCheckpoint(parseNote(note)?.text ?? '')?.root ?? null
}
