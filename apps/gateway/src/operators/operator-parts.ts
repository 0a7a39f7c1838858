import type { AccessStore } from '@keeptrusts/access'
import { ControlRequestError } from '../control/control-error.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { LiveGateway } from '../reload/live-gateway.ts'
import type { Reloader } from '../reload/reloader.ts'
import type { ServerTls } from '../tls/server-tls.ts'
import type { Doorkeeper } from './doorkeeper.ts'

/** What routes of operators work with. */
export interface OperatorParts {
  readonly live: LiveGateway
  readonly doorkeeper: Doorkeeper
  /** The metrics in Prometheus' text format. */
  readonly metrics: () => string
  readonly reloader: Pick<Reloader, 'reload' | 'lastFailure'>
  /** Where calls are taken, as in `http://127.0.0.1:41002`, once that is known. */
  readonly url: () => string
  /** The certificate there; `null` without TLS. */
  readonly tls: () => ServerTls | null
}

/** The access store. Throws `ControlRequestError` while there are no operators. */
export function accessOf({ doorkeeper }: OperatorParts): AccessStore {
  const store = doorkeeper.store()
  if (store !== null) return store
  throw new ControlRequestError(
    'This gateway has no operators yet: run kt auth login where it runs.',
    409,
  )
}

/** What decides now. */
export function currentOf({ live }: OperatorParts): GatewayDeps {
  return live.current()
}
