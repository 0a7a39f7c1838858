import type { AccessStore } from '@keeptrusts/access'
import { ControlRequestError } from '../control/control-error.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { LiveGateway } from '../reload/live-gateway.ts'
import type { Doorkeeper } from './doorkeeper.ts'

/** What routes of operators work with. */
export interface OperatorParts {
  readonly live: LiveGateway
  readonly doorkeeper: Doorkeeper
  /** The metrics in Prometheus' text format. */
  readonly metrics: () => string
  /** Where calls are taken, as in `http://127.0.0.1:41002`. */
  readonly url: () => string
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
