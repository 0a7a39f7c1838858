import type { AnchorStatus, AuditStore, StoreState } from '@keeptrusts/audit-store'
import type { CircuitState } from '@keeptrusts/core'
import type { RecordingMode } from '../audit/recording-mode.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { ShownCertificate } from '../gateway-status.ts'
import type { ReloadFailure } from '../reload/reload-failure.ts'
import type { Reloader } from '../reload/reloader.ts'

/** What `kt gateway status --json` prints. Times are UTC RFC 3339. */
export interface StatusReport {
  readonly version: string
  readonly pid: number
  /** As in `http://127.0.0.1:41002`. */
  readonly url: string
  /** What new connections get; `null` without TLS. */
  readonly tls: TlsReport | null
  readonly started: string
  readonly config_hash: string
  readonly config: ConfigReport
  readonly pack: { readonly name: string; readonly version: string }
  readonly recording: RecordingMode
  /** `null` with `audit_store: {kind: none}`. */
  readonly log: LogReport | null
  readonly targets: readonly TargetReport[]
  readonly requests: { readonly in_flight: number; readonly processed: number }
}

interface TlsReport {
  /** When the certificate ends. */
  readonly not_after: string
  /** SHA-256 of the certificate, as `openssl x509 -fingerprint -sha256` prints it. */
  readonly fingerprint: string
  /** Why the files as they are now are not used; `null` when they are. */
  readonly problem: string | null
}

interface ConfigReport {
  /** When it began to decide. */
  readonly since: string
  /** In layering order. */
  readonly files: readonly string[]
  /** Why the newest reload changed nothing; `null` when none failed since the last that did. */
  readonly failed_reload: {
    readonly time: string
    readonly codes: readonly string[]
    /** The first place, as `policy-config.yaml:3:5`, or `null`. */
    readonly where: string | null
  } | null
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
  /** Records that wait for the disk. */
  readonly queue: number
  /** On the volume of the log. */
  readonly free_bytes: number
  /** Below this no call is taken. */
  readonly floor_bytes: number
  /** Calls that went on without a record since the start (`on_failure: open`, or a background append that failed). */
  readonly unlogged: number
  readonly anchors: readonly AnchorReport[]
}

/** A place that checkpoints of the log are written to. */
export interface AnchorReport {
  readonly type: AnchorStatus['type']
  readonly where: string
  /** Events that the newest checkpoint there covers; `null` before the first. */
  readonly last_size: number | null
  /** When it was written; `null` when that was before this start. */
  readonly last_at: string | null
  /** For how many seconds a newer checkpoint has been waiting to be written there; 0 when the newest is there. */
  readonly behind_seconds: number
  /** Why the last attempt failed; `null` after one that did not. */
  readonly error: string | null
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
  readonly tls: ShownCertificate | null
  readonly reloader: Pick<Reloader, 'lastFailure'>
}

/** How the gateway is now. */
export function statusReport({ deps, store, url, tls, reloader }: Reported): StatusReport {
  const { version, config, status, targets, recorder } = deps
  return {
    version,
    pid: process.pid,
    url,
    tls: tls && tlsReport(tls),
    started: new Date(status.startedAt).toISOString(),
    config_hash: config.hash,
    config: configReport(deps, reloader.lastFailure),
    pack: { name: config.pack.name, version: config.pack.version },
    recording: recorder.mode,
    log: store && logReport(store, deps),
    targets: targets.map(({ id, health, circuit }) => ({
      id,
      reachable: health.reachable,
      circuit: circuit.state,
    })),
    requests: { in_flight: status.active, processed: status.processed },
  }
}

function tlsReport({ current: { notAfter, fingerprint }, problem }: ShownCertificate): TlsReport {
  return { not_after: new Date(notAfter).toISOString(), fingerprint, problem }
}

function configReport(
  { config: { files }, since }: GatewayDeps,
  failure: ReloadFailure | null,
): ConfigReport {
  const failed = failure && {
    time: new Date(failure.at).toISOString(),
    codes: failure.codes,
    where: failure.where,
  }
  return { since: new Date(since).toISOString(), files, failed_reload: failed }
}

function logReport(store: AuditStore, { losses, now }: GatewayDeps): LogReport {
  const { dir, state, since, reason, size, checkpoint, queue, anchors, ...space } = store.status()
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
    queue,
    free_bytes: space.freeBytes,
    floor_bytes: space.floorBytes,
    unlogged: losses.unlogged,
    anchors: anchorReports(anchors, now()),
  }
}

/** `at`: now, milliseconds since the epoch. */
export function anchorReports(
  anchors: readonly AnchorStatus[],
  at: number,
): readonly AnchorReport[] {
  return anchors.map(({ type, where, lastSize, lastAt, behindSince, error }) => ({
    type,
    where,
    last_size: lastSize,
    last_at: lastAt === null ? null : new Date(lastAt).toISOString(),
    behind_seconds: behindSince === null ? 0 : Math.max(0, Math.round((at - behindSince) / 1000)),
    error,
  }))
}
