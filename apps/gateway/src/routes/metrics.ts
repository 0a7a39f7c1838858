import { createHash, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { GatewayError } from '../errors/gateway-error.ts'
import { toErrorBody } from '../errors/to-response.ts'
import { expositionType } from '../metrics/exposition.ts'
import { mayWatch } from '../operators/may-watch.ts'
import type { LiveGateway } from '../reload/live-gateway.ts'

/** Holds the token that `/metrics` asks for where calls are taken. */
const tokenVariable = 'KEEPTRUSTS_METRICS_TOKEN'

/** `/metrics` for whoever may read it anyway: on the admin address and the control socket. */
export function openMetrics(render: () => string): Hono {
  const routes = new Hono()
  routes.get('/metrics', (c) => c.body(render(), 200, { 'content-type': expositionType }))
  return routes
}

/** `/metrics` where clients are: only with the token of the environment, or one of an operator who may see it (decision W6). */
export function guardedMetrics(
  render: () => string,
  env: Readonly<Record<string, string | undefined>>,
  live: LiveGateway,
): Hono {
  const token = env[tokenVariable]
  const routes = new Hono()
  routes.get('/metrics', async (c, next) => {
    const authorization = c.req.header('authorization')
    const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
    if (token && given !== undefined && isSame(given, token)) return next()
    if (mayWatch(authorization, live.current())) return next()
    const message = token
      ? `/metrics takes the value of ${tokenVariable} as Authorization: Bearer.`
      : `/metrics is closed here: ${tokenVariable} is not set.`
    const error = new GatewayError('metrics_token_required', { message })
    return c.json(toErrorBody(error), 401, { 'www-authenticate': 'Bearer' })
  })
  routes.route('/', openMetrics(render))
  return routes
}

/** In a time that says nothing about where they differ. */
function isSame(given: string, token: string): boolean {
  const [left, right] = [given, token].map((text) => createHash('sha256').update(text).digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}
