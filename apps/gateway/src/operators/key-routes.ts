import { shownKey } from '@keeptrusts/access'
import type { Context } from 'hono'
import { ControlRequestError } from '../control/control-error.ts'
import type { OperatorParts } from './operator-parts.ts'
import { accessOf, currentOf } from './operator-parts.ts'
import { recordOperator } from './operator-record.ts'
import { numberField, readFields, textField, textsField } from './request-fields.ts'
import type { Caller, OperatorRoute } from './route.ts'

const dayMs = 24 * 60 * 60 * 1000

/** The keys of client services. */
export function keyRoutes(parts: OperatorParts): readonly OperatorRoute[] {
  return [
    {
      ...{ method: 'GET', path: '/keys', needs: 'keys:read' },
      answer: (c) => c.json({ keys: accessOf(parts).keys.list().map(shownKey) }),
    },
    {
      ...{ method: 'POST', path: '/keys', needs: 'keys:write' },
      answer: (c, caller) => create(parts, c, caller),
    },
    {
      ...{ method: 'DELETE', path: '/keys/:id', needs: 'keys:write' },
      answer: async (c, caller) => {
        const key = accessOf(parts).keys.revoke(c.req.param('id') ?? '')
        if (key === null) throw new ControlRequestError('There is no gateway key of this id.', 404)
        const fields = { key: key.id, subject: key.subject }
        await recordOperator(currentOf(parts), 'key.revoked', { caller, fields })
        return c.body(null, 204)
      },
    },
  ]
}

async function create(parts: OperatorParts, c: Context, caller: Caller): Promise<Response> {
  const fields = await readFields(c, ['subject', 'roles', 'models', 'name', 'expires_in_days'])
  const isGiven = (name: string) => fields[name] !== undefined && fields[name] !== null
  const days = isGiven('expires_in_days')
    ? numberField(fields, 'expires_in_days', { least: 1, most: 36_500 })
    : null
  const { keys } = accessOf(parts)
  const { key, secret } = keys.create({
    subject: textField(fields, 'subject'),
    roles: isGiven('roles') ? textsField(fields, 'roles') : [],
    models: isGiven('models') ? textsField(fields, 'models') : null,
    name: isGiven('name') ? textField(fields, 'name') : null,
    expires: days === null ? null : currentOf(parts).now() + days * dayMs,
  })
  try {
    const { id, subject, roles, models } = key
    const made = { key: id, subject, roles: [...roles], models: models && [...models] }
    await recordOperator(currentOf(parts), 'key.created', { caller, fields: made })
  } catch (error) {
    // A key that the log does not know of must not work.
    keys.revoke(key.id)
    throw error
  }
  return c.json({ ...shownKey(key), key: secret }, 201)
}
