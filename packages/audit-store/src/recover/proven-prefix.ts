import type Database from 'better-sqlite3'
import { leafHash, MerkleFrontier } from '../merkle-frontier.ts'
import { parseCheckpoint } from '../notes/checkpoint.ts'
import { isSignedBy, parseNote } from '../notes/signed-note.ts'
import { parseVerifierKey } from '../notes/verifier-key.ts'
import type { SavedRow } from './readable-rows.ts'

interface Proof {
  readonly size: number
  readonly note: string
  /** The key that signed it. */
  readonly vkey: string
}

/** Follows events from the first one on and remembers the largest signed checkpoint that they lead to. */
export class ProvenPrefix {
  /** Log id, and events by the head, as far as they can be read. */
  readonly log: string | null
  readonly claimedSize: number | null
  readonly #notes: ReadonlyMap<number, string>
  readonly #keys: readonly string[]
  readonly #tree: MerkleFrontier
  readonly #start: number
  #proof: Proof | null = null

  constructor(database: Database.Database) {
    const rows = (sql: string): readonly unknown[][] => {
      try {
        return database.prepare(sql).raw().all() as unknown[][]
      } catch {
        return []
      }
    }
    const [[log = null] = []] = rows("SELECT value FROM meta WHERE key = 'log'")
    const [[size = null, tip = null] = []] = rows('SELECT size, tip_note FROM head')
    const [[first = 0, frontier = Buffer.alloc(0)] = []] = rows('SELECT first, frontier FROM prune')
    this.log = log as string | null
    this.claimedSize = size as number | null
    this.#keys = rows('SELECT vkey FROM signing_keys').map(([vkey]) => String(vkey))
    const notes = rows('SELECT size, note FROM checkpoints') as [number, string][]
    if (typeof size === 'number' && typeof tip === 'string') notes.push([size, tip])
    this.#notes = new Map(notes)
    this.#tree =
      MerkleFrontier.fromBytes(Number(first), frontier as Buffer) ?? MerkleFrontier.empty()
    this.#start = this.#tree.size
  }

  /** Events that followed one another so far. */
  get count(): number {
    return this.#tree.size - this.#start
  }

  /** Takes the next event that matches its hash; one after a gap changes nothing. */
  add({ seq, body }: SavedRow): void {
    if (seq !== this.#tree.size) return
    this.#tree.append(leafHash(body))
    const note = this.#notes.get(this.#tree.size)
    const vkey = note === undefined ? null : this.#signerOf(note)
    if (note !== undefined && vkey !== null) this.#proof = { size: this.#tree.size, note, vkey }
  }

  /** The largest signed checkpoint that the events lead to. */
  proof(): Proof | null {
    return this.#proof
  }

  /** Which of the log's keys signed a note that says what the tree is; whether it was its turn is for `kt events verify`. */
  #signerOf(text: string): string | null {
    const note = parseNote(text)
    const checkpoint = note && parseCheckpoint(note.text)
    if (!note || checkpoint?.size !== this.#tree.size) return null
    if (!checkpoint.root.equals(this.#tree.root())) return null
    const signed = this.#keys.find((vkey) => {
      const key = parseVerifierKey(vkey)
      return key !== null && isSignedBy(note, key)
    })
    return signed ?? null
  }
}
