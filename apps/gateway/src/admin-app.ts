import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { Gateway } from './create-gateway.ts'
import { GatewayError } from './errors/gateway-error.ts'
import { toErrorBody } from './errors/to-response.ts'
import type { Called } from './operators/operator-app.ts'
import { liveness } from './routes/health.ts'
import { openMetrics } from './routes/metrics.ts'

/** What monitoring asks, on an address of its own: `/metrics` without a token, `/healthz`, `/readyz`; and what operators ask, with one. */
export function adminApp(
  { live, metrics }: Pick<Gateway, 'live' | 'metrics'>,
  operators: Hono<{ Variables: Called }>,
): Hono<{ Bindings: Partial<HttpBindings> }> {
  const app = new Hono<{ Bindings: Partial<HttpBindings> }>()
  app.route('/', openMetrics(metrics))
  app.route('/', liveness(live))
  app.route('/', operators)
  const suggestion =
    'Use /metrics, /healthz, /readyz or /keeptrusts/…; calls go to the address of --listen.'
  app.notFound((c) => c.json(toErrorBody(new GatewayError('not_found', { suggestion })), 404))
  return app
}
