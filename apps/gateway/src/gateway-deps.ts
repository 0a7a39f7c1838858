import type { Config, Engine } from '@keeptrusts/core'
import type { CallObserver } from './audit/ended-call.ts'
import type { Recorder } from './audit/recorder.ts'
import type { Callbacks } from './callbacks/callbacks.ts'
import type { GatewayStatus } from './gateway-status.ts'
import type { TokenVerifier } from './identity/jwt/token-verifier.ts'
import type { Pseudonyms } from './identity/pseudonymise.ts'
import type { TrustedSources } from './identity/trusted-sources.ts'
import type { ConcurrencyLimiter } from './limits/concurrency-limiter.ts'
import type { Log } from './log/log.ts'
import type { GatewayMetrics } from './metrics/gateway-metrics.ts'
import type { KindBook } from './providers/kind-book.ts'
import type { TargetRuntime } from './providers/target-runtime.ts'
import type { Transport } from './transport/transport.ts'

/** What the steps of the pipeline work with; made once per gateway. */
export interface GatewayDeps {
  readonly config: Config
  readonly engine: Engine
  readonly recorder: Recorder
  /** Who is told how each call ended; `null` without callbacks. */
  readonly observer: CallObserver | null
  /** The services that `callbacks` names; `null` when there are none. */
  readonly callbacks: Callbacks | null
  readonly transport: Transport
  /** In the order of `providers.targets[]`. */
  readonly targets: readonly TargetRuntime[]
  readonly kinds: KindBook
  readonly trusted: TrustedSources
  /** Checks tokens of clients; `null` without `access.jwt`. */
  readonly tokens: TokenVerifier | null
  readonly limiter: ConcurrencyLimiter
  readonly status: GatewayStatus
  readonly metrics: GatewayMetrics
  readonly log: Log
  readonly version: string
  /** Made anew at each start; in every event. */
  readonly boot: string
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly pseudonyms: Pseudonyms
  /** Milliseconds of silence after which a stream gets a comment (decision C9). */
  readonly silenceMs: number
}
