import type { Config } from '@keeptrusts/core'
import type { CallObserver } from '../audit/ended-call.ts'
import type { Log } from '../log/log.ts'
import type { Transport } from '../transport/transport.ts'
import type { Pace } from './pace.ts'

/** What callbacks work with. */
export interface CallbackDeps {
  readonly config: Config
  /** Where the secrets are read, once. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly transport: Transport
  readonly log: Log
  readonly version: string
  readonly boot: string
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly pace: Pace
}

/** How reporting to a service goes: `off` means that it refused for good, and is only asked now and then. */
export type CallbackState = 'ok' | 'retrying' | 'off'

/** What `/health` says about one callback. */
export interface CallbackStatus {
  readonly type: string
  /** Host and port of the service. */
  readonly server: string
  readonly state: CallbackState
  /** State of the traces; `off` also when none are configured. */
  readonly traces: CallbackState
  readonly run_id: string | null
  /** When the last report was accepted, RFC 3339. */
  readonly reported_at: string | null
  /** Calls whose traces wait. */
  readonly waiting: number
  /** Calls whose traces were given up since the start. */
  readonly dropped: number
}

/** A service that is told what was decided, beside the calls: it never delays one. */
export interface Callback {
  /** Takes an ended call: a few additions, no waiting. */
  readonly observe: CallObserver
  /** Loads code that only reporting needs, before calls are taken. */
  load(): Promise<void>
  /** Begins to report, by itself from then on. */
  start(): void
  /** Reports what is left, for at most `limitMs` milliseconds. Never throws. */
  stop(limitMs: number): Promise<void>
  status(): CallbackStatus
  /** What deserves a look at the start, a sentence each with what to do. */
  warnings(): readonly string[]
}
