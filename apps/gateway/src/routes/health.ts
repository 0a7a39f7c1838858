import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { anchorReports } from '../control/status-report.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import { loopback } from '../identity/trusted-sources.ts'
import { mayWatch } from '../operators/may-watch.ts'
import type { LiveGateway } from '../reload/live-gateway.ts'

/** `/health` for people, `/healthz` for liveness, `/readyz` for readiness = can enforce and can record. */
export function health(live: LiveGateway): Hono<{ Bindings: Partial<HttpBindings> }> {
  const routes = new Hono<{ Bindings: Partial<HttpBindings> }>()
  routes.get('/health', (c) => {
    const address = c.env?.incoming?.socket.remoteAddress ?? null
    const deps = live.current()
    const detailed = loopback.includes(address) || mayWatch(c.req.header('authorization'), deps)
    return c.json(report(deps, { detailed }))
  })
  routes.route('/', liveness(live))
  return routes
}

/** `/healthz` and `/readyz`, which say nothing about what is configured. */
export function liveness(live: LiveGateway): Hono {
  const routes = new Hono()
  const ready = (): boolean => {
    const { recorder, status } = live.current()
    return recorder.ready && !status.draining
  }
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
  const anchors = recorder.anchors
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
    ...(detailed && anchors.length > 0 && { anchors: anchorReports(anchors, now()) }),
    policies_loaded: engine.policies.length,
    requests_processed: status.processed,
    ...(detailed && { requests_rejected: status.rejected }),
  }
}

function word(reachable: boolean | null): string {
  if (reachable === null) return 'unknown'
  return reachable ? 'reachable' : 'unreachable'
}
