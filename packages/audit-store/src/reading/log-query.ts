import type { CallFilter } from '../audit-store.ts'

/** What can be asked of a log without holding up the thread that asks. */
export type LogQuery =
  | { readonly kind: 'calls'; readonly filter: CallFilter }
  | { readonly kind: 'records'; readonly filter: CallFilter }
  /** Records with a higher number, in log order. */
  | { readonly kind: 'after'; readonly after: number; readonly limit: number }
  /** By event id, request id, or `<log>/<seq>`. */
  | { readonly kind: 'find'; readonly id: string }

export interface LogAnswer {
  /** The calls or records as a JSON array. */
  readonly json: string
  /** How many. */
  readonly count: number
  /** The number of the last record of an `after`, to go on from; `null` for others. */
  readonly next: number | null
}
