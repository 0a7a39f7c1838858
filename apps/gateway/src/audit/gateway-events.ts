import type { AuditEvent, KeeptrustsError } from '@keeptrusts/core'
import { newEventId } from '@keeptrusts/core'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { LoadedServerTls } from '../tls/load-server-tls.ts'
import type { ConfigChange } from './config-change.ts'
import { isImmutable, retentionDays } from './recording-mode.ts'

/** More are counted, not named. */
const maximalPaths = 500

/** `gateway.started`: with which version, configuration and policies. */
export function startedEvent(deps: GatewayDeps, url: string): AuditEvent {
  return {
    ...head('gateway.started', deps),
    listen: url,
    pack: { name: deps.config.pack.name, version: deps.config.pack.version },
    chain: deps.engine.policies.map(({ kind, mode }) => ({ policy: kind, mode })),
    recording: deps.recorder.mode,
    retention_days: retentionDays(deps.config),
    immutable: isImmutable(deps.config),
  }
}

/** `config.changed`: which parts differ from the configuration of the start before; paths only, never values. */
export function configChangedEvent(deps: GatewayDeps, { from, paths }: ConfigChange): AuditEvent {
  return {
    ...head('config.changed', deps),
    from,
    to: deps.config.hash,
    paths: paths?.slice(0, maximalPaths) ?? null,
    paths_total: paths?.length ?? null,
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

/** `gateway.stopped`: an orderly end, with the calls that were answered. */
export function stoppedEvent(deps: GatewayDeps): AuditEvent {
  return { ...head('gateway.stopped', deps), requests: deps.status.processed }
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
