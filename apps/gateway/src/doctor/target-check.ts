import { endpointOf } from '../call/endpoints.ts'
import type { ServerKind } from '../providers/mlflow/probe-server.ts'
import type { TargetRuntime } from '../providers/target-runtime.ts'
import type { Transport } from '../transport/transport.ts'
import type { Place } from './check-address.ts'
import type { Deadline } from './deadline.ts'

/** What the checks of one target work with, once its server has answered. */
export interface TargetCheck {
  readonly target: TargetRuntime
  readonly place: Place
  /** The kind of server that the gateway will call it as. */
  readonly kind: ServerKind
  /** The kind that answered. */
  readonly found: ServerKind
  readonly deadline: Deadline
  readonly transport: Transport
}

/** The endpoint that everything is tried with. */
export const chatEndpoint = endpointOf('chat.completions')
