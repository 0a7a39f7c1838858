import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { ControlRequestError, toControlError } from '../control/control-error.ts'
import { errorFields } from '../log/log.ts'
import type { LiveGateway } from '../reload/live-gateway.ts'
import { refuseCrossSite } from './cross-site.ts'
import type { Doorkeeper } from './doorkeeper.ts'
import type { Caller, OperatorRoute } from './route.ts'

const maximalBody = 1024 * 1024
const withBody = new Set(['POST', 'PATCH'])

interface OperatorAppOptions {
  readonly routes: readonly OperatorRoute[]
  readonly doorkeeper: Doorkeeper
  readonly live: LiveGateway
  /** `control`: the socket whose file's permission is the authorisation. */
  readonly door: 'network' | 'control'
  /** The host that was given to listen on. */
  readonly host?: string
}

/** What the guard of a route leaves for it. */
export interface Called {
  readonly caller: Caller
}

/**
 * The routes of operators below `/keeptrusts`. The router is built from the permission table and from nothing else: what is not in it, or
 * whoever may not use it, is refused.
 */
export function operatorApp(options: OperatorAppOptions): Hono<{ Variables: Called }> {
  const { routes, doorkeeper, live, door, host } = options
  const names = new Set(host === undefined ? [] : [host.toLowerCase()])
  const app = new Hono<{ Variables: Called }>()
  app.onError((error, c) => answerError(error, c, live))
  app.use('/keeptrusts/*', async (c, next) => {
    await next()
    c.header('cache-control', 'no-store')
    c.header('x-content-type-options', 'nosniff')
  })
  app.use('/keeptrusts/*', async (c, next) => {
    if (door === 'network')
      refuseCrossSite({ headers: c.req.raw.headers, localAddress: localAddressOf(c), names })
    await next()
  })
  for (const { method, path, needs, answer } of routes) {
    app.on(
      method,
      `/keeptrusts${path}`,
      async (c, next) => {
        c.set(
          'caller',
          door === 'control' ? doorkeeper.admitControl(c) : doorkeeper.admit(c, needs),
        )
        refuseForm(c)
        await next()
      },
      bodyLimit({ maxSize: maximalBody, onError: refuseBody }),
      (c) => answer(c, c.get('caller')),
    )
  }
  if (door === 'network') {
    // Whoever shows no token does not learn what there is.
    const unknown = (c: Context): never => {
      doorkeeper.admit(c, 'token')
      throw new ControlRequestError(`There is no ${c.req.method} ${c.req.path}.`, 404)
    }
    app.all('/keeptrusts', unknown)
    app.all('/keeptrusts/*', unknown)
  }
  return app
}

/** A form of a web page can be sent to anywhere without being asked; JSON cannot. */
function refuseForm(c: Context): void {
  if (!withBody.has(c.req.method) || !hasBody(c)) return
  const [type] = (c.req.header('content-type') ?? '').split(';')
  if (type?.trim().toLowerCase() !== 'application/json')
    throw new ControlRequestError('The body needs content-type: application/json.', 415)
}

function hasBody(c: Context): boolean {
  const length = c.req.header('content-length') ?? '0'
  return length !== '0' || c.req.header('transfer-encoding') !== undefined
}

function refuseBody(): never {
  throw new ControlRequestError('The request is larger than 1 MiB.', 413)
}

function answerError(error: unknown, c: Context, live: LiveGateway): Response {
  const { status, body, retryAfter } = toControlError(error)
  if (status >= 500) live.current().log.error('control.failed', errorFields(error))
  if (retryAfter !== null) c.header('retry-after', String(retryAfter))
  if (status === 401) c.header('www-authenticate', 'Bearer')
  c.header('cache-control', 'no-store')
  c.header('x-content-type-options', 'nosniff')
  return c.json(body, status)
}

function localAddressOf(c: Context): string | null {
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>
  return incoming?.socket.localAddress ?? null
}
