import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { isAuthFailure, recordAuthFailure } from '../audit/auth-failed.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import { toErrorBody } from '../errors/to-response.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import { usableTargets } from '../identity/usable-models.ts'
import { callerOf } from '../pipeline/identify.ts'

/** `GET /v1/models`: the models that the caller may use (decision W9), in OpenAI's list shape. */
export function models(deps: GatewayDeps): Hono<{ Bindings: Partial<HttpBindings> }> {
  const { targets, engine, status } = deps
  const created = Math.floor(status.startedAt / 1000)
  const routes = new Hono<{ Bindings: Partial<HttpBindings> }>()
  routes.get('/v1/models', async (c) => {
    const remoteAddress = c.env?.incoming?.socket.remoteAddress ?? null
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
    } catch (failure) {
      if (!(failure instanceof GatewayError)) throw failure
      if (isAuthFailure(failure)) recordAuthFailure({ failure, remoteAddress }, deps)
      const code = failure.status as ContentfulStatusCode
      return c.json(toErrorBody(failure), code, failure.headers)
    }
  })
  return routes
}
