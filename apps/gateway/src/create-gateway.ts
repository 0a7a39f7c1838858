import { randomUUID } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import type { AuditStore } from '@keeptrusts/audit-store'
import type { Config, Engine } from '@keeptrusts/core'
import { Hono } from 'hono'
import { Losses } from './audit/losses.ts'
import type { Pace } from './callbacks/pace.ts'
import { usualPace } from './callbacks/pace.ts'
import { GatewayError } from './errors/gateway-error.ts'
import { toErrorBody } from './errors/to-response.ts'
import type { GatewayBase, GatewayDeps } from './gateway-deps.ts'
import { GatewayStatus } from './gateway-status.ts'
import type { AccessGate } from './identity/access-gate.ts'
import { FailedAttempts } from './identity/failed-attempts.ts'
import { ConcurrencyLimiter } from './limits/concurrency-limiter.ts'
import type { Log } from './log/log.ts'
import { errorFields } from './log/log.ts'
import { GatewayMetrics } from './metrics/gateway-metrics.ts'
import { renderMetrics } from './metrics/render-metrics.ts'
import { egressProxyFor } from './providers/egress-proxy-for.ts'
import { closeGeneration, createGeneration, probeGeneration } from './reload/create-generation.ts'
import { LiveGateway } from './reload/live-gateway.ts'
import { calls, otherMethods } from './routes/calls.ts'
import { health } from './routes/health.ts'
import { markAnswers } from './routes/mark-answers.ts'
import { guardedMetrics } from './routes/metrics.ts'
import { models } from './routes/models.ts'
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
  /** Gateway keys and operators; absent: there are none. */
  readonly access?: AccessGate
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
  /** What decides about whatever begins now. */
  readonly deps: GatewayDeps
  /** The generation that decides now; a reload swaps another in. */
  readonly live: LiveGateway
  /** The metrics in Prometheus' text format. */
  metrics(): string
  /** Finds out what stands behind each target, and fetches the keys of the identity provider. Not waited for at the start. */
  probe(): Promise<void>
  /**
   * A generation for another configuration, which decides nothing before it is swapped in. Throws `KeeptrustsError`: `tls-file-invalid`,
   * `proxy-invalid`.
   */
  next(config: Config, engine: Engine): GatewayDeps
  /** Takes no more calls, lets those under way end for at most `drainMs`, then cuts them off. */
  drain(drainMs: number): Promise<void>
}

/** Wires a gateway with its first configuration. Throws `KeeptrustsError`: `tls-file-invalid`, `proxy-invalid`. */
export function createGateway(options: GatewayOptions): Gateway {
  const { store, env, callbackPace: pace = usualPace } = options
  const base = createBase(options)
  const live = new LiveGateway(createGeneration({ ...options, pace }, base), closeGeneration)
  const metrics = (): string => renderMetrics({ deps: live.current(), store })
  const app = new Hono<{ Bindings: Partial<HttpBindings> }>()
  app.route('/', calls(live))
  app.use(markAnswers(base))
  app.route('/', otherMethods())
  app.route('/', models(live))
  app.route('/', health(live))
  app.route('/', guardedMetrics(metrics, env, live))
  app.notFound((c) => c.json(toErrorBody(new GatewayError('not_found')), 404))
  app.onError((error, c) => {
    base.log.error('route.failed', errorFields(error))
    return c.json(toErrorBody(new GatewayError('internal_error')), 500)
  })
  return {
    app,
    live,
    get deps() {
      return live.current()
    },
    metrics,
    next: (config, engine) => {
      egressProxyFor(config, env)
      return createGeneration({ config, engine, env, pace }, base, live.current())
    },
    probe: () => probeGeneration(live.current()),
    drain: (ms) => drain(base, ms),
  }
}

/** What stays when the configuration changes. */
function createBase(options: GatewayOptions): GatewayBase {
  const { config, store, env, log, version, now = Date.now } = options
  return {
    transport: options.transport ?? createUndiciTransport(egressProxyFor(config, env)),
    store,
    losses: new Losses({ store, log, now }),
    access: options.access ?? null,
    attempts: new FailedAttempts(),
    limiter: new ConcurrencyLimiter(options.maxConcurrency ?? 0),
    status: new GatewayStatus(now()),
    metrics: new GatewayMetrics(),
    log,
    version,
    boot: randomUUID(),
    now,
    silenceMs: options.silenceMs ?? 15_000,
  }
}

async function drain({ status }: GatewayBase, drainMs: number): Promise<void> {
  status.draining = true
  await status.idle(drainMs)
  status.cancelAll()
  // A second is ample for the records of what was cut off.
  await status.idle(1000)
}
