import type { AccessStore } from '@keeptrusts/access'
import type { AuditReader, AuditStore } from '@keeptrusts/audit-store'
import { openAuditReader } from '@keeptrusts/audit-store'
import { ControlRequestError } from '../control/control-error.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { LiveGateway } from '../reload/live-gateway.ts'

/** What the routes of operators work with. */
export interface OperatorServicesOptions {
  readonly live: LiveGateway
  /** `null` with `audit_store: {kind: none}`. */
  readonly store: AuditStore | null
  /** The metrics in Prometheus' text format. */
  readonly metrics: () => string
}

/** The parts of a running gateway that operators see. */
export class OperatorServices {
  readonly #options: OperatorServicesOptions
  #reader: AuditReader | null = null

  constructor(options: OperatorServicesOptions) {
    this.#options = options
  }

  get deps(): GatewayDeps {
    return this.#options.live.current()
  }

  get store(): AuditStore | null {
    return this.#options.store
  }

  get url(): string {
    return this.deps.status.url
  }

  metrics(): string {
    return this.#options.metrics()
  }

  /** The access store; `null` while nobody has made one. Throws `GatewayError` `access_unavailable`. */
  access(): AccessStore | null {
    try {
      return this.deps.access?.store() ?? null
    } catch (cause) {
      throw new GatewayError('access_unavailable', { headers: { 'retry-after': '2' }, cause })
    }
  }

  /** The log, for reading. Throws `ControlRequestError` when the gateway keeps none, and what opening it throws. */
  reader(): AuditReader {
    const { store } = this.#options
    if (store === null)
      throw new ControlRequestError('This gateway keeps no log (audit_store.kind: none).', 409)
    this.#reader ??= openAuditReader({ dir: store.status().dir })
    return this.#reader
  }
}

/** The access store of somebody who was let in by it. */
export function accessOf(services: OperatorServices): AccessStore {
  const access = services.access()
  if (access === null)
    throw new ControlRequestError('Nobody has signed in to this gateway yet.', 404)
  return access
}
