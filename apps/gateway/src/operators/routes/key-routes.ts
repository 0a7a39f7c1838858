import type { GatewayKey } from '@keeptrusts/access'
import { ControlRequestError } from '../../control/control-error.ts'
import { recordDone } from '../operator-events.ts'
import type { OperatorRoute } from '../operator-route.ts'
import { expiryIn, noContent, textIn, textsIn } from '../operator-route.ts'
import type { OperatorServices } from '../operator-services.ts'
import { accessOf } from '../operator-services.ts'

/** Gateway keys: what client services authenticate with. */
export function keyRoutes(services: OperatorServices): readonly OperatorRoute[] {
  return [
    {
      method: 'GET',
      path: '/keys',
      access: 'keys:read',
      handle: () => Response.json({ keys: accessOf(services).keys.list().map(keyJson) }),
    },
    {
      method: 'POST',
      path: '/keys',
      access: 'keys:write',
      handle: async (call) => {
        const { keys } = accessOf(services)
        const name = call.body['name'] === undefined ? null : textIn(call, 'name', 200)
        const { key, secret } = keys.create({
          subject: textIn(call, 'subject', 200),
          roles: textsIn(call, 'roles') ?? [],
          models: textsIn(call, 'models'),
          name,
          expires: expiryIn(call, 'expires_in_days', services.deps.now()),
        })
        const { id, subject, roles, models } = key
        try {
          const fields = { key: id, subject, roles: [...roles], models: models && [...models] }
          await recordDone('key.created', fields, call, services.deps)
        } catch (error) {
          // A key that the log does not know of must not work.
          keys.revoke(id)
          throw error
        }
        return Response.json({ ...keyJson(key), key: secret }, { status: 201 })
      },
    },
    {
      method: 'DELETE',
      path: '/keys/:id',
      access: 'keys:write',
      handle: async (call) => {
        const key = accessOf(services).keys.revoke(call.id)
        if (key === null) throw new ControlRequestError('There is no gateway key of this id.', 404)
        const fields = { key: key.id, subject: key.subject }
        await recordDone('key.revoked', fields, call, services.deps)
        return noContent()
      },
    },
  ]
}

function keyJson({ created, expires, revoked, ...key }: GatewayKey): object {
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  return { ...key, created: time(created), expires: time(expires), revoked: time(revoked) }
}
