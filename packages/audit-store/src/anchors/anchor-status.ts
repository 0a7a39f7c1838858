import type { AnchorSettings } from '@keeptrusts/core'

/** A checkpoint that was kept in the log, and is to be seen outside of it. */
export interface KeptCheckpoint {
  /** Events it covers. */
  readonly size: number
  /** The signed note. */
  readonly note: string
}

/** How an anchor is. Times are milliseconds since the epoch. */
export interface AnchorStatus {
  readonly type: AnchorSettings['type']
  /** The file, the server, `syslog` for that of this machine, `stdout`. */
  readonly where: string
  /** Events that the newest checkpoint covers that went there; `null` before the first. */
  readonly lastSize: number | null
  /** When it went there; `null` when that was before this start. */
  readonly lastAt: number | null
  /** Since when a checkpoint waits to be written there; `null` when the newest one is there. */
  readonly behindSince: number | null
  /** Why the last attempt failed; `null` after one that did not. */
  readonly error: string | null
}
