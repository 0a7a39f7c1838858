import type { AuditStore } from '@keeptrusts/audit-store'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { errorFields } from '../log/log.ts'
import type { Doorkeeper } from '../operators/doorkeeper.ts'
import { operatorApp } from '../operators/operator-app.ts'
import type { OperatorRoute } from '../operators/route.ts'
import type { LiveGateway } from '../reload/live-gateway.ts'
import { ControlRequestError, toControlError } from './control-error.ts'
import { logRoutes } from './log-routes.ts'

const maximalBody = 1024 * 1024

export interface ControlledGateway {
  readonly live: LiveGateway
  /** `null` with `audit_store: {kind: none}`. */
  readonly store: AuditStore | null
  readonly doorkeeper: Doorkeeper
  /** The routes of operators. */
  readonly routes: readonly OperatorRoute[]
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
  // What only `kt` on this machine may do stands outside the permission table.
  app.route('/keeptrusts', logRoutes(controlled.store))
  app.route('/', operatorApp({ ...controlled, door: 'control' }))
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
