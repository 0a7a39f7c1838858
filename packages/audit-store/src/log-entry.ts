import type { SealedPayload } from './payloads/payload-box.ts'

/** Copies of event fields that lists are filtered by. */
export interface EventColumns {
  readonly id: string
  readonly type: string
  readonly time: string
  readonly decision: string | null
  readonly requestId: string | null
  readonly model: string | null
  readonly principal: string | null
  readonly target: string | null
}

/** An event on its way to the writer: `head seq middle ts tail` is its canonical text. */
export interface EventEntry {
  readonly kind: 'event'
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly columns: EventColumns
  readonly body: { readonly head: string; readonly middle: string; readonly tail: string }
  /** The content of the call that is kept beside the event. */
  readonly payload?: SealedPayload
}

/** A secret-free configuration on its way to the writer. */
export interface ConfigEntry {
  readonly kind: 'config'
  readonly hash: string
  readonly canonical: string
}

export type LogEntry = EventEntry | ConfigEntry

/** `null` for an entry that is not an event. */
export type EntryReceipt = { readonly seq: number; readonly ts: number } | null
