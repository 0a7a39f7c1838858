import type { Operator, Role } from '@keeptrusts/access'
import { roles } from '@keeptrusts/access'
import type { Context } from 'hono'
import { ControlRequestError } from '../control/control-error.ts'
import type { OperatorParts } from './operator-parts.ts'
import { accessOf, currentOf } from './operator-parts.ts'
import { recordOperator } from './operator-record.ts'
import { readFields, textField } from './request-fields.ts'
import type { Caller, OperatorRoute } from './route.ts'

/** Who the operators are and what they may do. */
export function operatorRoutes(parts: OperatorParts): readonly OperatorRoute[] {
  return [
    {
      ...{ method: 'GET', path: '/operators', needs: 'operators:write' },
      answer: (c) => c.json({ operators: accessOf(parts).operators.list().map(toOperatorJson) }),
    },
    {
      ...{ method: 'POST', path: '/operators', needs: 'operators:write' },
      answer: (c, caller) => add(parts, c, caller),
    },
    {
      ...{ method: 'PATCH', path: '/operators/:id', needs: 'operators:write' },
      answer: (c, caller) => change(parts, c, caller),
    },
    {
      ...{ method: 'DELETE', path: '/operators/:id', needs: 'operators:write' },
      answer: async (c, caller) => {
        const removed = accessOf(parts).operators.remove(c.req.param('id') ?? '')
        await record(parts, 'operator.removed', { caller, operator: removed, changed: 'all' })
        return c.body(null, 204)
      },
    },
  ]
}

async function add(parts: OperatorParts, c: Context, caller: Caller): Promise<Response> {
  const fields = await readFields(c, ['email', 'password', 'role'])
  const credentials = { email: textField(fields, 'email'), password: textField(fields, 'password') }
  const store = accessOf(parts)
  const operator = await store.addOperator(credentials, roleOf(fields['role']))
  try {
    await record(parts, 'operator.added', { caller, operator, changed: 'all' })
  } catch (error) {
    // An operator whom the log does not know of must not get in.
    store.operators.remove(operator.id)
    throw error
  }
  return c.json(toOperatorJson(operator), 201)
}

async function change(parts: OperatorParts, c: Context, caller: Caller): Promise<Response> {
  const fields = await readFields(c, ['role', 'password'])
  const [changed, ...more] = Object.keys(fields)
  if (changed === undefined || more.length > 0)
    throw new ControlRequestError('Give either "role" or "password".')
  const store = accessOf(parts)
  const id = c.req.param('id') ?? ''
  const operator =
    changed === 'role'
      ? store.operators.setRole(id, roleOf(fields['role']))
      : await store.setPassword(id, textField(fields, 'password'))
  await record(parts, 'operator.changed', { caller, operator, changed })
  return c.json(toOperatorJson(operator))
}

interface Changed {
  readonly caller: Caller
  readonly operator: Operator
  readonly changed: string
}

function record(
  parts: OperatorParts,
  type: string,
  { caller, operator, changed }: Changed,
): Promise<void> {
  const { id, email, role } = operator
  const fields = { operator: id, email, role, changed }
  return recordOperator(currentOf(parts), type, { caller, fields })
}

function roleOf(value: unknown): Role {
  const role = roles.find((one) => one === value)
  if (role !== undefined) return role
  throw new ControlRequestError(`"role" is not one of ${roles.join(', ')}.`)
}

function toOperatorJson({ created, issuer, ...operator }: Operator) {
  return { ...operator, created: new Date(created).toISOString(), issuer }
}
