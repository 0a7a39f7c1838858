import type { AuditEvent } from '@keeptrusts/core'
import type Database from 'better-sqlite3'
import { payloadHash } from '../payloads/payload-box.ts'
import { promisedPayload } from '../payloads/promised-payload.ts'
import type { PlacedEvent } from './own-events.ts'
import type { Findings } from './report.ts'

interface PayloadRow {
  readonly seq: number
  readonly keyId: string
  readonly nonce: Buffer
  readonly box: Buffer
}

/** Compares kept contents with what their events say of them. Contents lie outside of the tree, so that they can be erased. */
export class PayloadCheck {
  count = 0
  readonly #database: Database.Database
  readonly #findings: Findings
  #page = new Map<number, string>()
  readonly #missing: number[] = []

  constructor(database: Database.Database, findings: Findings) {
    this.#database = database
    this.#findings = findings
  }

  /** Reads the contents of the events from `first` to `last`. */
  readPage(first: number, last: number): void {
    const rows = this.#database
      .prepare('SELECT seq, key_id AS keyId, nonce, box FROM payloads WHERE seq BETWEEN ? AND ?')
      .all(first, last) as PayloadRow[]
    this.count += rows.length
    this.#page = new Map(rows.map((row) => [row.seq, payloadHash(row)]))
  }

  /** Looks at an event of the page. */
  event(seq: number, event: AuditEvent): void {
    const promised = promisedPayload(event)
    const found = this.#page.get(seq)
    if (promised === null) return
    this.#page.delete(seq)
    if (found === undefined) this.#missing.push(seq)
    else if (found !== promised) {
      this.#findings.add({
        code: 'payload-changed',
        seq,
        message: `The content kept for event ${seq} is not the one the event was written with.`,
      })
    }
  }

  /** What no event of the page has asked for belongs to none. */
  endPage(): void {
    for (const seq of this.#page.keys()) {
      this.#findings.add({
        code: 'payload-unexpected',
        seq,
        message: `There is content for event ${seq}, which was written without any.`,
      })
    }
    this.#page.clear()
  }

  /** Every content that is not there must have been erased by an event that says so, and none may lie outside of the log. */
  end(
    range: { readonly first: number; readonly end: number },
    erasures: readonly PlacedEvent[],
  ): void {
    const erased = erasures.flatMap(({ event }) => erasedRanges(event))
    for (const seq of this.#missing) {
      if (erased.some(([first, last]) => first <= seq && seq <= last)) continue
      this.#findings.add({
        code: 'payload-missing',
        seq,
        message: `The content of event ${seq} is gone, and no audit.payload_erased says so.`,
      })
    }
    const outside = this.#database
      .prepare('SELECT seq FROM payloads WHERE seq < ? OR seq >= ? LIMIT 1')
      .pluck()
      .get(range.first, range.end) as number | undefined
    if (outside === undefined) return
    this.#findings.add({
      code: 'payload-unexpected',
      seq: outside,
      message: `There is content for event ${outside}, which is not in the log.`,
    })
  }
}

/** `seqs` of an `audit.payload_erased` event: numbers of events, and pairs of the first and the last of many. */
function erasedRanges({ seqs }: AuditEvent): readonly (readonly [number, number])[] {
  if (!Array.isArray(seqs)) return []
  return seqs.flatMap((entry: unknown): [number, number][] => {
    if (typeof entry === 'number') return [[entry, entry]]
    if (!Array.isArray(entry) || entry.length !== 2) return []
    const [first, last] = entry as unknown[]
    return typeof first === 'number' && typeof last === 'number' ? [[first, last]] : []
  })
}
