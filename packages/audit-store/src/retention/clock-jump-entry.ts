import type { EventEntry } from '../log-entry.ts'
import { logEvent } from '../log-events.ts'

interface Jump {
  /** What the clock should say, milliseconds since the epoch. */
  readonly from: number
  /** What it says, milliseconds since the epoch. */
  readonly to: number
  /** Against the time since the last look, or against the newest event when the log was opened. */
  readonly found: 'running' | 'start'
}

/** The `audit.clock_jump` event. */
export function clockJumpEntry(log: string, { from, to, found }: Jump): EventEntry {
  const fields = { from: new Date(from).toISOString(), to: new Date(to).toISOString(), found }
  return logEvent('audit.clock_jump', fields, { log, at: to })
}
