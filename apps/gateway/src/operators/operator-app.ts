import type { HttpBindings } from '@hono/node-server'
import type { Authenticated } from '@keeptrusts/access'
import type { Context } from 'hono'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { ControlRequestError, toControlError } from '../control/control-error.ts'
import { FailedAttempts } from '../identity/failed-attempts.ts'
import { errorFields } from '../log/log.ts'
import { crossSiteProblem } from './cross-site.ts'
import { operatorEvent } from './operator-events.ts'
import type { OperatorCall, OperatorRoute } from './operator-route.ts'
import { operatorRoutes } from './operator-routes.ts'
import type { OperatorServices } from './operator-services.ts'
import { NotPermittedError, NotSignedInError } from './refusals.ts'

const maximalBody = 1024 * 1024

type Env = { Bindings: Partial<HttpBindings> }

/**
 * `/keeptrusts/*` where anybody can reach it: each request shows a session or an API token, and gets what the permission of its route
 * allows; everything else is refused before anything is looked at. JSON in, JSON out.
 */
export function operatorApp(services: OperatorServices): Hono<Env> {
  const app = new Hono<Env>()
  const attempts = new FailedAttempts()
  app.use(async (c, next) => {
    const problem = crossSiteProblem(c.env?.incoming)
    if (problem !== null) throw new NotPermittedError(problem)
    await next()
    c.header('cache-control', 'no-store')
    c.header('x-content-type-options', 'nosniff')
  })
  app.use(
    bodyLimit({
      maxSize: maximalBody,
      onError: () => {
        throw new ControlRequestError('The request is larger than 1 MiB.', 413)
      },
    }),
  )
  for (const route of operatorRoutes(services))
    app.on(route.method, route.path, async (c) => {
      const { caller, bearer, address } = admit(c, { services, attempts })
      if (route.access !== 'public') demand(route, { caller, address }, services)
      return route.handle({
        ...{ caller, bearer, address, query: new URL(c.req.url).searchParams },
        id: c.req.param('id') ?? '',
        body: await bodyOf(c),
      })
    })
  app.all('*', (c) => {
    // Whoever is not signed in does not learn what there is.
    const { caller } = admit(c, { services, attempts })
    if (caller === null) throw new NotSignedInError()
    throw new ControlRequestError(`There is no ${c.req.method} ${c.req.path.slice(0, 200)}.`, 404)
  })
  app.onError((error, c) => {
    const { status, body, headers } = toControlError(error)
    if (status >= 500) services.deps.log.error('operators.failed', errorFields(error))
    return c.json(body, status, headers)
  })
  return app
}

interface Guard {
  readonly services: OperatorServices
  readonly attempts: FailedAttempts
}

interface Admitted {
  readonly caller: Authenticated | null
  readonly bearer: string
  readonly address: string | null
}

/** Who asks; `null` without a token. Throws `NotSignedInError` for a token that proves nothing. */
function admit(c: Context<Env>, { services, attempts }: Guard): Admitted {
  const address = c.env?.incoming?.socket.remoteAddress ?? null
  const header = c.req.header('authorization')
  if (header === undefined) return { caller: null, bearer: '', address }
  const bearer = /^Bearer +(\S+)$/i.exec(header)?.[1] ?? ''
  const caller = services.access()?.authenticate(bearer) ?? null
  if (caller !== null) return { caller, bearer, address }
  const { deps } = services
  const { recorded, retryAfter } = attempts.failed(address, deps.now())
  if (recorded) {
    const fields = { reason: 'operator_token', path: c.req.path.slice(0, 200) }
    deps.recorder.recordLater(operatorEvent('auth.failed', fields, { caller, address }, deps))
  }
  throw new NotSignedInError(retryAfter)
}

/** Lets nobody through but who may use the route. Throws `NotSignedInError` and `NotPermittedError`. */
function demand(
  { method, path, access }: OperatorRoute,
  { caller, address }: Pick<OperatorCall, 'caller' | 'address'>,
  { deps }: OperatorServices,
): void {
  if (caller === null) throw new NotSignedInError()
  if (access === 'signed-in' || access === 'public') return
  if (caller.permissions.includes(access)) return
  const fields = { route: `${method} ${path}`, permission: access }
  deps.recorder.recordLater(operatorEvent('access.denied', fields, { caller, address }, deps))
  throw new NotPermittedError(
    `This needs the permission ${access}, which ${caller.kind === 'token' ? 'the scopes of this token do' : `the role ${caller.operator.role} does`} not have.`,
  )
}

async function bodyOf(c: Context<Env>): Promise<Readonly<Record<string, unknown>>> {
  if (c.req.method !== 'POST' && c.req.method !== 'PATCH') return {}
  const type = c.req.header('content-type') ?? ''
  const text = await c.req.text()
  if (text === '') return {}
  // A form of a web page can send other types without asking anybody.
  if (!/^application\/json\s*(?:;|$)/i.test(type))
    throw new ControlRequestError('The body must be sent as application/json.', 415)
  const body: unknown = parse(text)
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    return body as Readonly<Record<string, unknown>>
  throw new ControlRequestError('The body is not a JSON object.')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
