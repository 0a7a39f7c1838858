import type { LogActor } from '../log-events.ts'
import { logEvent } from '../log-events.ts'
import type { LogWriter } from '../log-writer.ts'
import { clockJumpEntry } from '../retention/clock-jump-entry.ts'
import { clockState } from '../retention/clock-state.ts'

/** Records that the clock was set while the gateway ran. Times in milliseconds since the epoch. */
export interface ClockJumpTask {
  readonly kind: 'clock-jump'
  /** What the clock should say. */
  readonly from: number
  /** What it says. */
  readonly to: number
}

/** Says that the clock is right, after a jump that suspended deleting. */
export interface ConfirmClockTask {
  readonly kind: 'confirm-clock'
  readonly actor: LogActor
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** `confirmed` is false when nothing was suspended; then nothing was recorded. */
export interface ConfirmClockResult {
  readonly confirmed: boolean
}

/** Records a jump. Returns whether deleting is suspended now; throws what SQLite throws. */
export function recordClockJump(
  writer: LogWriter,
  { from, to }: ClockJumpTask,
): { readonly suspended: boolean } {
  writer.append([clockJumpEntry(writer.log, { from, to, found: 'running' })])
  return { suspended: clockState(writer.database).suspended }
}

/** Records a confirmation. Throws what SQLite throws. */
export function confirmClock(
  writer: LogWriter,
  { actor, now }: ConfirmClockTask,
): ConfirmClockResult {
  if (!clockState(writer.database).suspended) return { confirmed: false }
  const fields = { actor: { ...actor } }
  writer.append([logEvent('audit.clock_confirmed', fields, { log: writer.log, at: now })])
  return { confirmed: true }
}
