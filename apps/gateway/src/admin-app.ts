import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { Gateway } from './create-gateway.ts'
import { GatewayError } from './errors/gateway-error.ts'
import { toErrorBody } from './errors/to-response.ts'
import { liveness } from './routes/health.ts'
import { openMetrics } from './routes/metrics.ts'

/** What monitoring and operators ask, on an address of its own: `/metrics` without a token, `/healthz`, `/readyz`, and `/keeptrusts/*`. */
export function adminApp({
  live,
  metrics,
  operators,
}: Gateway): Hono<{ Bindings: Partial<HttpBindings> }> {
  const app = new Hono<{ Bindings: Partial<HttpBindings> }>()
  app.route('/', openMetrics(metrics))
  app.route('/', liveness(live))
  app.route('/keeptrusts', operators)
  const suggestion =
    'Use /metrics, /healthz, /readyz or /keeptrusts/…; calls go to the address of --listen.'
  app.notFound((c) => c.json(toErrorBody(new GatewayError('not_found', { suggestion })), 404))
  return app
}
