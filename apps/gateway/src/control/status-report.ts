import type { AuditStore, StoreState } from '@keeptrusts/audit-store'
import type { RecordingMode } from '../audit/recording-mode.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { CircuitState } from '../providers/circuit-breaker.ts'

/** What `kt gateway status --json` prints. Times are UTC RFC 3339. */
export interface StatusReport {
  readonly version: string
  readonly pid: number
  /** As in `http://127.0.0.1:41002`. */
  readonly url: string
  readonly started: string
  readonly config_hash: string
  readonly pack: { readonly name: string; readonly version: string }
  readonly recording: RecordingMode
  /** `null` with `audit_store: {kind: none}`. */
  readonly log: LogReport | null
  readonly targets: readonly TargetReport[]
  readonly requests: { readonly in_flight: number; readonly processed: number }
}

interface LogReport {
  /** 32 hex digits. */
  readonly id: string
  /** The folder that holds `audit.db`. */
  readonly folder: string
  readonly state: StoreState
  /** When the state began. */
  readonly since: string
  /** Why it is not open; a code or a few words, or `null`. */
  readonly reason: string | null
  /** Durable events, pruned ones included. */
  readonly size: number
  /** The newest checkpoint that this run kept; `null` before its first. */
  readonly last_checkpoint: { readonly size: number; readonly time: string } | null
  /** When the log was last anchored; `null` when it never was. */
  readonly last_anchor: string | null
  /** Records that wait for the disk. */
  readonly queue: number
  /** On the volume of the log. */
  readonly free_bytes: number
  /** Below this no call is taken. */
  readonly floor_bytes: number
  /** Calls that went on without a record since the start (`on_failure: open`, or a background append that failed). */
  readonly unlogged: number
}

interface TargetReport {
  readonly id: string
  /** `null` before anything was learned. */
  readonly reachable: boolean | null
  readonly circuit: CircuitState
}

interface Reported {
  readonly deps: GatewayDeps
  readonly store: AuditStore | null
  readonly url: string
  readonly anchoredAt: () => number | null
}

/** How the gateway is now. */
export function statusReport({ deps, store, url, anchoredAt }: Reported): StatusReport {
  const { version, config, status, targets, recorder } = deps
  return {
    version,
    pid: process.pid,
    url,
    started: new Date(status.startedAt).toISOString(),
    config_hash: config.hash,
    pack: { name: config.pack.name, version: config.pack.version },
    recording: recorder.mode,
    log: store && logReport(store, recorder.unlogged, anchoredAt()),
    targets: targets.map(({ id, health, circuit }) => ({
      id,
      reachable: health.reachable,
      circuit: circuit.state,
    })),
    requests: { in_flight: status.active, processed: status.processed },
  }
}

function logReport(store: AuditStore, unlogged: number, anchored: number | null): LogReport {
  const { dir, state, since, reason, size, checkpoint, queue, ...space } = store.status()
  return {
    id: store.log,
    folder: dir,
    state,
    since: new Date(since).toISOString(),
    reason,
    size,
    last_checkpoint: checkpoint && {
      size: checkpoint.size,
      time: new Date(checkpoint.at).toISOString(),
    },
    last_anchor: anchored === null ? null : new Date(anchored).toISOString(),
    queue,
    free_bytes: space.freeBytes,
    floor_bytes: space.floorBytes,
    unlogged,
  }
}
