import type { AuditStore } from '@keeptrusts/audit-store'
import type { Config, Engine } from '@keeptrusts/core'
import type { CallObserver } from './audit/ended-call.ts'
import type { Losses } from './audit/losses.ts'
import type { Recorder } from './audit/recorder.ts'
import type { Callbacks } from './callbacks/callbacks.ts'
import type { GatewayStatus } from './gateway-status.ts'
import type { AccessGate } from './identity/access-gate.ts'
import type { FailedAttempts } from './identity/failed-attempts.ts'
import type { TokenVerifier } from './identity/jwt/token-verifier.ts'
import type { Pseudonyms } from './identity/pseudonymise.ts'
import type { TrustedSources } from './identity/trusted-sources.ts'
import type { ConcurrencyLimiter } from './limits/concurrency-limiter.ts'
import type { Log } from './log/log.ts'
import type { GatewayMetrics } from './metrics/gateway-metrics.ts'
import type { IdTokenVerifier } from './operators/oidc/id-token-verifier.ts'
import type { KindBook } from './providers/kind-book.ts'
import type { TargetRuntime } from './providers/target-runtime.ts'
import type { Transport } from './transport/transport.ts'

/** What lives as long as the gateway, whatever its configuration says. */
export interface GatewayBase {
  readonly transport: Transport
  /** `null` with `audit_store: {kind: none}`. */
  readonly store: AuditStore | null
  /** What the log did not take. */
  readonly losses: Losses
  /** Gateway keys and operators; `null` in a gateway without a data folder. */
  readonly access: AccessGate | null
  readonly attempts: FailedAttempts
  readonly limiter: ConcurrencyLimiter
  readonly status: GatewayStatus
  readonly metrics: GatewayMetrics
  readonly log: Log
  readonly version: string
  /** Made anew at each start; in every event. */
  readonly boot: string
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Milliseconds of silence after which a stream gets a comment (decision C9). */
  readonly silenceMs: number
}

/** What comes and goes with a configuration. */
interface Generation {
  readonly config: Config
  /** When it began to decide, milliseconds since the epoch. */
  readonly since: number
  readonly engine: Engine
  readonly recorder: Recorder
  /** Who is told how each call ended; `null` without callbacks. */
  readonly observer: CallObserver | null
  /** The services that `callbacks` names; `null` when there are none. */
  readonly callbacks: Callbacks | null
  /** In the order of `providers.targets[]`. */
  readonly targets: readonly TargetRuntime[]
  readonly kinds: KindBook
  readonly trusted: TrustedSources
  /** Whether anonymous calls are refused (decision W1). */
  readonly requiresKey: boolean
  /** Checks tokens of clients; `null` without `access.jwt`. */
  readonly tokens: TokenVerifier | null
  /** Checks ID tokens of operators who sign in; `null` without `access.oidc`. */
  readonly idTokens: IdTokenVerifier | null
  readonly pseudonyms: Pseudonyms
}

/** What the steps of the pipeline work with: one and the same from the beginning of a call to its end. */
export interface GatewayDeps extends GatewayBase, Generation {}
