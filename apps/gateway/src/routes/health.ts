import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { GatewayDeps } from '../gateway-deps.ts'
import { loopback } from '../identity/trusted-sources.ts'

/** `/health` for people, `/healthz` for liveness, `/readyz` for readiness = can enforce and can record. */
export function health(deps: GatewayDeps): Hono<{ Bindings: Partial<HttpBindings> }> {
  const routes = new Hono<{ Bindings: Partial<HttpBindings> }>()
  routes.get('/health', (c) => {
    const address = c.env?.incoming?.socket.remoteAddress ?? null
    return c.json(report(deps, { detailed: loopback.includes(address) }))
  })
  routes.route('/', liveness(deps))
  return routes
}

/** `/healthz` and `/readyz`, which say nothing about what is configured. */
export function liveness({ recorder, status }: GatewayDeps): Hono {
  const routes = new Hono()
  const ready = (): boolean => recorder.ready && !status.draining
  routes.get('/healthz', (c) => c.json({ status: 'ok' }))
  for (const path of ['/readyz', '/ready']) {
    routes.get(path, (c) =>
      c.json({ status: ready() ? 'ready' : 'not_ready' }, ready() ? 200 : 503),
    )
  }
  return routes
}

function report(deps: GatewayDeps, { detailed }: { readonly detailed: boolean }): object {
  const { status, targets, engine, recorder, callbacks, version, now } = deps
  const lost = targets.some((target) => target.health.reachable === false)
  const providers = Object.fromEntries(
    targets.map(({ id, health }) => [id, word(health.reachable)]),
  )
  const circuits = Object.fromEntries(targets.map(({ id, circuit }) => [id, circuit.state]))
  return {
    status: recorder.ready ? (lost ? 'degraded' : 'healthy') : 'unhealthy',
    uptime_seconds: Math.floor((now() - status.startedAt) / 1000),
    version,
    ...(detailed && { providers, circuits }),
    ...(detailed && callbacks && { callbacks: callbacks.statuses() }),
    policies_loaded: engine.policies.length,
    requests_processed: status.processed,
    ...(detailed && { requests_rejected: status.rejected }),
  }
}

function word(reachable: boolean | null): string {
  if (reachable === null) return 'unknown'
  return reachable ? 'reachable' : 'unreachable'
}
