import { randomBytes } from 'node:crypto'
import type { LogActor } from '../log-events.ts'
import { logEvent } from '../log-events.ts'
import type { LogWriter } from '../log-writer.ts'
import { activeHolds } from '../retention/holds.ts'
import { readPruneState } from '../retention/prune-state.ts'

/** Keeps the events from a place on, whatever their age. */
export interface AddHoldTask {
  readonly kind: 'add-hold'
  /** Number of the first event to keep. */
  readonly from_seq: number
  readonly reason: string
  readonly actor: LogActor
  /** Milliseconds since the epoch. */
  readonly now: number
}

export interface AddHoldResult {
  /** As in `hold_3f0c52aa91d4`. */
  readonly hold: string
  /** From where events are kept: what was deleted already, or is being deleted, is out of reach. */
  readonly from_seq: number
  /** Of the `audit.hold_added` event. */
  readonly seq: number
}

/** Lets events go again that a hold keeps. */
export interface RemoveHoldTask {
  readonly kind: 'remove-hold'
  readonly hold: string
  readonly actor: LogActor
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** `removed` is false when no such hold is in force; then nothing was recorded. */
export interface RemoveHoldResult {
  readonly removed: boolean
}

/** Adds a hold. Throws what SQLite throws. */
export function addHold(
  writer: LogWriter,
  { from_seq: wanted, reason, actor, now }: AddHoldTask,
): AddHoldResult {
  const { first, goal, size } = readPruneState(writer.database)
  // Never beyond the event itself: it has to stay as long as the hold does.
  const from = Math.min(Math.max(wanted, goal ?? first), size)
  const hold = `hold_${randomBytes(6).toString('hex')}`
  const fields = { hold, from_seq: from, reason, actor: { ...actor } }
  const [receipt] = writer.append([
    logEvent('audit.hold_added', fields, { log: writer.log, at: now }),
  ])
  if (!receipt) throw new Error('an event was appended without a receipt')
  return { hold, from_seq: from, seq: receipt.seq }
}

/** Removes a hold. Throws what SQLite throws. */
export function removeHold(
  writer: LogWriter,
  { hold, actor, now }: RemoveHoldTask,
): RemoveHoldResult {
  if (!activeHolds(writer.database).some((active) => active.hold === hold)) {
    return { removed: false }
  }
  const fields = { hold, actor: { ...actor } }
  writer.append([logEvent('audit.hold_removed', fields, { log: writer.log, at: now })])
  return { removed: true }
}
