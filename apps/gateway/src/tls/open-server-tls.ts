import type { AuditStore } from '@keeptrusts/audit-store'
import type { AuditEvent } from '@keeptrusts/core'
import { tlsReloadedEvent, tlsReloadFailedEvent } from '../audit/gateway-events.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { ServerTlsFiles } from './load-server-tls.ts'
import type { ServerTlsPace } from './server-tls.ts'
import { dayOf, ServerTls } from './server-tls.ts'

interface OpenOptions {
  /** As they are at the time of a reload. */
  readonly deps: () => GatewayDeps
  /** `null` with `audit_store: {kind: none}`. */
  readonly store: AuditStore | null
  readonly pace?: ServerTlsPace
}

/** The gateway's certificate, each change of which goes to the log and the audit log. Throws `KeeptrustsError` `tls-file-invalid`. */
export function openServerTls(
  files: ServerTlsFiles,
  { deps, store, pace }: OpenOptions,
): ServerTls {
  const { now, log } = deps()
  // A certificate holds whether or not the audit log can be written: calls wait for that, TLS does not.
  const record = (event: AuditEvent): void => {
    store?.append(event).catch(() => log.warn('tls.not_recorded', { event_id: event.id }))
  }
  const tls = new ServerTls({
    files,
    now,
    ...(pace && { pace }),
    onReloaded: (loaded, before) => {
      const message = `New connections get the certificate that ends on ${dayOf(loaded.notAfter)}.`
      log.info('tls.reloaded', { message })
      for (const warning of loaded.warnings) log.warn('gateway.warning', { message: warning })
      record(tlsReloadedEvent(deps(), loaded, before))
    },
    onFailed: (error) => {
      const { code, message, suggestion } = error
      const then = `The certificate from before goes on, until ${dayOf(tls.current.notAfter)}.`
      log.warn('tls.reload_failed', { code, message: `${message} ${suggestion} ${then}` })
      record(tlsReloadFailedEvent(deps(), tls.current, error))
    },
  })
  return tls
}
