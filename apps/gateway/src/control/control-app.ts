import type { AuditStore } from '@keeptrusts/audit-store'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { errorFields } from '../log/log.ts'
import type { LiveGateway } from '../reload/live-gateway.ts'
import type { Reloader } from '../reload/reloader.ts'
import { openMetrics } from '../routes/metrics.ts'
import type { ServerTls } from '../tls/server-tls.ts'
import { actorInBody, configRoutes } from './config-routes.ts'
import { ControlRequestError, toControlError } from './control-error.ts'
import { logRoutes } from './log-routes.ts'
import { statusReport } from './status-report.ts'

const maximalBody = 1024 * 1024

export interface ControlledGateway {
  readonly live: LiveGateway
  readonly reloader: Reloader
  /** `null` with `audit_store: {kind: none}`. */
  readonly store: AuditStore | null
  /** The metrics in Prometheus' text format. */
  readonly metrics: () => string
  /** Where calls are taken, as in `http://127.0.0.1:41002`. */
  readonly url: string
  /** The certificate at that address; `null` without TLS. */
  readonly tls: ServerTls | null
}

/** What a running gateway does for `kt`: JSON in, JSON out, errors as `{"error": {code, message}}`. */
export function controlApp(controlled: ControlledGateway): Hono {
  const app = new Hono()
  app.use(
    bodyLimit({
      maxSize: maximalBody,
      onError: () => {
        throw new ControlRequestError('The request is larger than 1 MiB.', 413)
      },
    }),
  )
  const routes = new Hono()
  routes.get('/status', (c) =>
    c.json(statusReport({ ...controlled, deps: controlled.live.current() })),
  )
  routes.route('/', openMetrics(controlled.metrics))
  routes.route('/', configRoutes({ ...controlled, actorOf: actorInBody }))
  routes.route('/', logRoutes(controlled.store))
  app.route('/keeptrusts', routes)
  app.notFound((c) => {
    const { status, body } = toControlError(
      new ControlRequestError(`It knows no ${c.req.method} ${c.req.path}.`, 404),
    )
    return c.json(body, status)
  })
  app.onError((error, c) => {
    const { status, body } = toControlError(error)
    if (status === 500) controlled.live.current().log.error('control.failed', errorFields(error))
    return c.json(body, status)
  })
  return app
}
