import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { isAuthFailure, refuseCaller } from '../audit/refuse-caller.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import { toErrorBody } from '../errors/to-response.ts'
import { usableTargets } from '../identity/usable-models.ts'
import { callerOf } from '../pipeline/identify.ts'
import type { LiveGateway } from '../reload/live-gateway.ts'

/** `GET /v1/models`: the models that the caller may use (decision W9), in OpenAI's list shape. */
export function models(live: LiveGateway): Hono<{ Bindings: Partial<HttpBindings> }> {
  const routes = new Hono<{ Bindings: Partial<HttpBindings> }>()
  routes.get('/v1/models', async (c) => {
    const remoteAddress = c.env?.incoming?.socket.remoteAddress ?? null
    const deps = live.current()
    const { targets, engine, status } = deps
    const created = Math.floor(status.startedAt / 1000)
    try {
      const caller = await callerOf({ headers: c.req.header(), remoteAddress }, deps)
      const usable = usableTargets(targets, caller, engine)
      const byModel = new Map(usable.map((target) => [target.model, target.provider]))
      const data = [...byModel].map(([id, owner]) => ({
        id,
        object: 'model',
        created,
        owned_by: owner,
      }))
      return c.json({ object: 'list', data })
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error
      const failure = isAuthFailure(error)
        ? refuseCaller({ failure: error, remoteAddress }, deps)
        : error
      const code = failure.status as ContentfulStatusCode
      return c.json(toErrorBody(failure), code, failure.headers)
    }
  })
  return routes
}
