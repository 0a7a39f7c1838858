import type { AuditEvent, KeeptrustsError } from '@keeptrusts/core'
import { newEventId } from '@keeptrusts/core'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { ReloadFailure } from '../reload/reload-failure.ts'
import type { LoadedServerTls } from '../tls/load-server-tls.ts'
import type { ConfigChange } from './config-change.ts'
import { isImmutable, retentionDays } from './recording-mode.ts'

/** More are counted, not named. */
const maximalPaths = 500

/** Who asked for a reload: the account of the system, and the operator who is signed in. */
export interface ReloadActor {
  readonly os_user: string | null
  readonly operator: string | null
}

/** Why a configuration was read. */
export interface ReloadCause {
  readonly trigger: 'command' | 'file_watch' | 'signal'
  /** `null` when nobody is known. */
  readonly actor: ReloadActor | null
}

/** `gateway.started`: with which version, configuration and policies. */
export function startedEvent(deps: GatewayDeps, url: string): AuditEvent {
  return {
    ...head('gateway.started', deps),
    listen: url,
    ...settingsOf(deps),
  }
}

/**
 * `config.changed`: which parts differ from the configuration before, and what holds from here on; of the parts paths only, never
 * values. Without a `cause` for one that a start found.
 */
export function configChangedEvent(
  deps: GatewayDeps,
  { from, paths }: ConfigChange,
  cause?: ReloadCause,
): AuditEvent {
  return {
    ...head('config.changed', deps),
    from,
    to: deps.config.hash,
    paths: paths?.slice(0, maximalPaths) ?? null,
    paths_total: paths?.length ?? null,
    ...settingsOf(deps),
    ...(cause && causeOf(cause)),
  }
}

/** `tls.reloaded`: which certificate new connections get from here on. */
export function tlsReloadedEvent(
  deps: GatewayDeps,
  { fingerprint, notAfter }: LoadedServerTls,
  before: LoadedServerTls,
): AuditEvent {
  return {
    ...head('tls.reloaded', deps),
    fingerprint,
    not_after: new Date(notAfter).toISOString(),
    previous: before.fingerprint,
  }
}

/** `tls.reload_failed`: changed files were not taken; `fingerprint` is of the certificate that goes on. */
export function tlsReloadFailedEvent(
  deps: GatewayDeps,
  { fingerprint }: LoadedServerTls,
  { code, message }: KeeptrustsError,
): AuditEvent {
  return { ...head('tls.reload_failed', deps), code, reason: message, fingerprint }
}

/** `config.reload_failed`: what kept a new configuration away, as codes and places. `config_hash` is of the one that goes on. */
export function reloadFailedEvent(
  deps: GatewayDeps,
  { codes, paths }: ReloadFailure,
  cause: ReloadCause,
): AuditEvent {
  return { ...head('config.reload_failed', deps), codes, paths, ...causeOf(cause) }
}

/** `gateway.stopped`: an orderly end, with the calls that were answered. */
export function stoppedEvent(deps: GatewayDeps): AuditEvent {
  return { ...head('gateway.stopped', deps), requests: deps.status.processed }
}

/** What retention and the commands that read the log go by: it holds until another event says otherwise. */
function settingsOf({ config, engine, recorder }: GatewayDeps) {
  return {
    pack: { name: config.pack.name, version: config.pack.version },
    chain: engine.policies.map(({ kind, mode }) => ({ policy: kind, mode })),
    recording: recorder.mode,
    retention_days: retentionDays(config),
    immutable: isImmutable(config),
  }
}

function causeOf({ trigger, actor }: ReloadCause) {
  return { trigger, actor: actor && { ...actor } }
}

function head(type: string, { now, version, boot, config }: GatewayDeps): AuditEvent {
  const time = now()
  return {
    id: newEventId(time),
    type,
    time: new Date(time).toISOString(),
    stage: 'gateway',
    gateway: { version, boot },
    config_hash: config.hash,
  }
}
