import type Database from 'better-sqlite3'
import type { Checkpoint } from '../notes/checkpoint.ts'
import { parseCheckpoint } from '../notes/checkpoint.ts'
import { isSignedBy, parseNote } from '../notes/signed-note.ts'
import type { VerifierKey } from '../notes/verifier-key.ts'
import { parseVerifierKey } from '../notes/verifier-key.ts'

/** Which key signs the checkpoints of `from_size` and later, until the next one. */
export interface KeyEpoch {
  readonly from_size: number
  readonly vkey: string
}

/** The keys of a log in the order they came. */
export class KeyEpochs {
  readonly rows: readonly KeyEpoch[]
  readonly #keys: readonly (VerifierKey | null)[]

  constructor(rows: readonly KeyEpoch[]) {
    this.rows = rows
    this.#keys = rows.map(({ vkey }) => parseVerifierKey(vkey))
  }

  /** The keys that a log says it was signed with. Whether it may say so is for `checkKeys`. */
  static read(database: Database.Database): KeyEpochs {
    const rows = database
      .prepare('SELECT from_size, vkey FROM signing_keys ORDER BY from_size')
      .all() as KeyEpoch[]
    return new KeyEpochs(rows)
  }

  /** The key that signs the checkpoint of a size: never an older one, or a stolen old key could sign new events. */
  at(size: number): VerifierKey | null {
    return this.#keys[this.rows.findLastIndex(({ from_size }) => from_size <= size)] ?? null
  }

  /** Every key that can be read, oldest first. */
  all(): readonly VerifierKey[] {
    return this.#keys.filter((key) => key !== null)
  }
}

/** A checkpoint note taken apart. */
export interface OpenedCheckpoint extends Checkpoint {
  /** Whether the key of its epoch has signed it. */
  readonly isSigned: boolean
  /** Whether it has one signature and nothing else. */
  readonly isPlain: boolean
}

/** Takes a checkpoint note apart and checks its signature; `null` when it is not one, or of another log. */
export function openCheckpoint(
  text: string,
  { origin, keys }: { readonly origin: string; readonly keys: KeyEpochs },
): OpenedCheckpoint | null {
  const note = parseNote(text)
  const checkpoint = note && parseCheckpoint(note.text)
  if (!checkpoint || checkpoint.origin !== origin) return null
  const key = keys.at(checkpoint.size)
  return {
    ...checkpoint,
    isSigned: key !== null && isSignedBy(note, key),
    isPlain: note.signatures.length === 1,
  }
}
