import type { StoredBody } from '@keeptrusts/audit-store'

/** A form in which records leave the log. */
export interface ExportFormat {
  readonly name: 'json' | 'jsonl' | 'csv'
  /** Before the first record. */
  readonly head: string
  /** After the last one. */
  readonly tail: string
  /** One record; `first` when nothing but the head stands before it. */
  record(stored: StoredBody, first: boolean): string
  /**
   * Where a cut-off export in this form goes on. Absent for a form that has to be started anew.
   * Takes what lies at the file's end; see `resumePoint`.
   */
  readonly resume?: Resume
}

/** How the end of a cut-off export is read. */
export interface Resume {
  /** What ends a record that is whole. */
  readonly lineEnd: '\n' | '\r\n'
  /** Whether a line break can stand inside of a quoted field. */
  readonly quotes: boolean
  /** Which record a line holds; `null` for the head and for what is none of ours. */
  place(line: string): RecordPlace | null
}

/** Where a record stands. */
export interface RecordPlace {
  readonly log: string
  readonly seq: number
}
