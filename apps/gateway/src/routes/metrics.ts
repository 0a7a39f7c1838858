import { createHash, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { GatewayError } from '../errors/gateway-error.ts'
import { toErrorBody } from '../errors/to-response.ts'
import { expositionType } from '../metrics/exposition.ts'

/** Holds the token that `/metrics` asks for where calls are taken. */
const tokenVariable = 'KEEPTRUSTS_METRICS_TOKEN'

/** `/metrics` for whoever may read it anyway: on the admin address and the control socket. */
export function openMetrics(render: () => string): Hono {
  const routes = new Hono()
  routes.get('/metrics', (c) => c.body(render(), 200, { 'content-type': expositionType }))
  return routes
}

/** `/metrics` where clients are: only with the token of the environment, and never without one being set (decision W6). */
export function guardedMetrics(
  render: () => string,
  env: Readonly<Record<string, string | undefined>>,
): Hono {
  const token = env[tokenVariable]
  const routes = new Hono()
  routes.get('/metrics', async (c, next) => {
    const given = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    if (token && given !== undefined && isSame(given, token)) return next()
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
