import type { ApiToken } from '@keeptrusts/access'
import { ControlRequestError } from '../../control/control-error.ts'
import { recordDone } from '../operator-events.ts'
import type { OperatorCall, OperatorRoute } from '../operator-route.ts'
import { callerOf, expiryIn, noContent, textIn, textsIn } from '../operator-route.ts'
import type { OperatorServices } from '../operator-services.ts'
import { accessOf } from '../operator-services.ts'

const usualDays = 90

/** API tokens: one's own, and everybody's for whoever may change operators. */
export function tokenRoutes(services: OperatorServices): readonly OperatorRoute[] {
  return [
    {
      method: 'GET',
      path: '/auth/tokens',
      access: 'tokens:write',
      handle: (call) => {
        const owner = seesAll(call) ? undefined : callerOf(call).operator.id
        return Response.json({ tokens: accessOf(services).tokens.list(owner).map(tokenJson) })
      },
    },
    {
      method: 'POST',
      path: '/auth/tokens',
      access: 'tokens:write',
      handle: async (call) => {
        const { operator, permissions } = callerOf(call)
        const { now } = services.deps
        const scopes = textsIn(call, 'scopes') ?? []
        const beyond = scopes.find((scope) => !permissions.some((one) => one === scope))
        // A token must not give away more than the one that it is made with.
        if (beyond !== undefined)
          throw new ControlRequestError(`You do not have ${beyond.slice(0, 60)} yourself.`, 403)
        const expires = expiryIn(call, 'expires_in_days', now()) ?? now() + usualDays * 86_400_000
        const { tokens } = accessOf(services)
        const made = tokens.create({ operator, name: textIn(call, 'name', 200), scopes, expires })
        const { id, name } = made.token
        try {
          const fields = { token: id, name, scopes: [...made.token.scopes] }
          await recordDone('token.created', fields, call, services.deps)
        } catch (error) {
          tokens.revoke(id)
          throw error
        }
        return Response.json({ ...tokenJson(made.token), token: made.secret }, { status: 201 })
      },
    },
    {
      method: 'DELETE',
      path: '/auth/tokens/:id',
      access: 'tokens:write',
      handle: async (call) => {
        const { tokens } = accessOf(services)
        const token = tokens.byId(call.id)
        const isOwn = token?.operator === callerOf(call).operator.id
        if (token === null || !(isOwn || seesAll(call)))
          throw new ControlRequestError('There is no API token of this id.', 404)
        tokens.revoke(call.id)
        await recordDone('token.revoked', { token: call.id }, call, services.deps)
        return noContent()
      },
    },
  ]
}

function seesAll(call: OperatorCall): boolean {
  return callerOf(call).permissions.includes('operators:write')
}

function tokenJson({ created, expires, revoked, ...token }: ApiToken): object {
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  return { ...token, created: time(created), expires: time(expires), revoked: time(revoked) }
}
