import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import { endpoints } from '../call/endpoints.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import { toErrorBody } from '../errors/to-response.ts'
import { nodeIncoming } from '../http/node-incoming.ts'
import { toWebResponse } from '../http/to-web-response.ts'
import { webIncoming } from '../http/web-incoming.ts'
import { writeNodeReply } from '../http/write-node-reply.ts'
import { handleCall } from '../pipeline/handle-call.ts'
import type { LiveGateway } from '../reload/live-gateway.ts'

/** `POST` to each endpoint: straight on Node's request and response where they are, in web form elsewhere. */
export function calls(live: LiveGateway): Hono<{ Bindings: Partial<HttpBindings> }> {
  const routes = new Hono<{ Bindings: Partial<HttpBindings> }>()
  for (const endpoint of endpoints) {
    routes.post(endpoint.path, async (c) => {
      const { incoming, outgoing } = c.env ?? {}
      if (incoming === undefined || outgoing === undefined) {
        const call = webIncoming(endpoint, c.req.raw)
        return toWebResponse(await handleCall(call, live), call.cancellation)
      }
      const call = nodeIncoming(endpoint, { incoming, outgoing })
      const { cancellation } = call
      await writeNodeReply(await handleCall(call, live), { outgoing, cancellation })
      return RESPONSE_ALREADY_SENT
    })
  }
  return routes
}

/** The same paths with another method. */
export function otherMethods(): Hono {
  const routes = new Hono()
  for (const { path } of endpoints) {
    routes.all(path, (c) =>
      c.json(toErrorBody(new GatewayError('method_not_allowed')), 405, { allow: 'POST' }),
    )
  }
  return routes
}
