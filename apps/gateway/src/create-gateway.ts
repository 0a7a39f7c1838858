import { randomUUID } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import type { AuditStore } from '@keeptrusts/audit-store'
import type { Config, Engine } from '@keeptrusts/core'
import { Hono } from 'hono'
import { Recorder } from './audit/recorder.ts'
import { Callbacks } from './callbacks/callbacks.ts'
import type { Pace } from './callbacks/pace.ts'
import { usualPace } from './callbacks/pace.ts'
import { GatewayError } from './errors/gateway-error.ts'
import { toErrorBody } from './errors/to-response.ts'
import type { GatewayDeps } from './gateway-deps.ts'
import { GatewayStatus } from './gateway-status.ts'
import { TokenVerifier } from './identity/jwt/token-verifier.ts'
import { createPseudonyms } from './identity/pseudonymise.ts'
import { TrustedSources } from './identity/trusted-sources.ts'
import { ConcurrencyLimiter } from './limits/concurrency-limiter.ts'
import type { Log } from './log/log.ts'
import { errorFields } from './log/log.ts'
import { GatewayMetrics } from './metrics/gateway-metrics.ts'
import { renderMetrics } from './metrics/render-metrics.ts'
import { callsHttps } from './providers/calls-https.ts'
import { KindBook } from './providers/kind-book.ts'
import { providerOf } from './providers/registry.ts'
import { createTargets } from './providers/target-runtime.ts'
import { calls, otherMethods } from './routes/calls.ts'
import { health } from './routes/health.ts'
import { markAnswers } from './routes/mark-answers.ts'
import { guardedMetrics } from './routes/metrics.ts'
import { models } from './routes/models.ts'
import { readEgressProxy } from './transport/egress-proxy.ts'
import type { Transport } from './transport/transport.ts'
import { createUndiciTransport } from './transport/undici-transport.ts'

export interface GatewayOptions {
  readonly config: Config
  readonly engine: Engine
  /** `null` with `audit_store: {kind: none}`. */
  readonly store: AuditStore | null
  /** Where the targets' secrets are read, once. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: Log
  readonly version: string
  /** Milliseconds since the epoch. */
  readonly now?: () => number
  /** Calls at once; 0 or absent: no limit (decision C7). */
  readonly maxConcurrency?: number
  readonly transport?: Transport
  /** Milliseconds of silence after which a stream gets a comment; 15 s. */
  readonly silenceMs?: number
  /** How patient callbacks are. */
  readonly callbackPace?: Pace
}

/** A gateway without a socket. */
export interface Gateway {
  /** Answers requests; `app.request()` works without a server. */
  readonly app: Hono<{ Bindings: Partial<HttpBindings> }>
  readonly deps: GatewayDeps
  /** The metrics in Prometheus' text format. */
  metrics(): string
  /** Finds out what stands behind each target, and fetches the keys of the identity provider. Not waited for at the start. */
  probe(): Promise<void>
  /** Takes no more calls, lets those under way end for at most `drainMs`, then cuts them off. */
  drain(drainMs: number): Promise<void>
}

/** Wires a gateway for one configuration. Throws `KeeptrustsError`: `tls-file-invalid`, `proxy-invalid`. */
export function createGateway(options: GatewayOptions): Gateway {
  const deps = createDeps(options)
  const { store, env } = options
  const metrics = (): string => renderMetrics({ deps, store })
  const app = new Hono<{ Bindings: Partial<HttpBindings> }>()
  app.route('/', calls(deps))
  app.use(markAnswers(deps))
  app.route('/', otherMethods())
  app.route('/', models(deps))
  app.route('/', health(deps))
  app.route('/', guardedMetrics(metrics, env))
  app.notFound((c) => c.json(toErrorBody(new GatewayError('not_found')), 404))
  app.onError((error, c) => {
    deps.log.error('route.failed', errorFields(error))
    return c.json(toErrorBody(new GatewayError('internal_error')), 500)
  })
  return { app, deps, metrics, probe: () => probe(deps), drain: (ms) => drain(deps, ms) }
}

function createDeps(options: GatewayOptions): GatewayDeps {
  const { config, engine, store, env, log, version, now = Date.now } = options
  const transport =
    options.transport ?? createUndiciTransport(callsHttps(config) ? readEgressProxy(env) : null)
  const metrics = new GatewayMetrics()
  const recorder = new Recorder({ config, store, log, now, metrics })
  const boot = randomUUID()
  const pace = options.callbackPace ?? usualPace
  const callbacks =
    config.callbacks.length > 0
      ? new Callbacks({ config, env, transport, log, version, boot, now, pace })
      : null
  const isProbed: ConstructorParameters<typeof KindBook>[0]['isProbed'] = ({ target }) =>
    target.base_url !== undefined && providerOf(target.provider).probes
  const { jwt: settings } = config.access
  return {
    config,
    engine,
    recorder,
    observer: callbacks?.observe ?? null,
    callbacks,
    transport,
    targets: createTargets(config.targets, { env, transport, now }),
    kinds: new KindBook({ transport, log, isProbed }),
    trusted: new TrustedSources(config.access.trust_headers_from),
    tokens: settings === undefined ? null : new TokenVerifier({ settings, transport, log, now }),
    limiter: new ConcurrencyLimiter(options.maxConcurrency ?? 0),
    status: new GatewayStatus(now()),
    metrics,
    log,
    version,
    boot,
    now,
    pseudonyms: createPseudonyms(config.audit_store.pseudonymize, (text) => recorder.hmac(text)),
    silenceMs: options.silenceMs ?? 15_000,
  }
}

async function probe(deps: GatewayDeps): Promise<void> {
  const targets = deps.targets.map((target) => deps.kinds.probe(target))
  await Promise.all([...targets, deps.tokens?.warmUp()])
}

async function drain({ status }: GatewayDeps, drainMs: number): Promise<void> {
  status.draining = true
  await status.idle(drainMs)
  status.cancelAll()
  // A second is ample for the records of what was cut off.
  await status.idle(1000)
}
