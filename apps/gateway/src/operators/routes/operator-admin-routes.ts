import type { Operator, Role } from '@keeptrusts/access'
import { roles } from '@keeptrusts/access'
import { ControlRequestError } from '../../control/control-error.ts'
import { recordDone } from '../operator-events.ts'
import type { OperatorCall, OperatorRoute } from '../operator-route.ts'
import { noContent, textIn } from '../operator-route.ts'
import type { OperatorServices } from '../operator-services.ts'
import { accessOf } from '../operator-services.ts'

/** Who the operators are and what their roles are. */
export function operatorAdminRoutes(services: OperatorServices): readonly OperatorRoute[] {
  return [
    {
      method: 'GET',
      path: '/operators',
      access: 'operators:write',
      handle: () =>
        Response.json({ operators: accessOf(services).operators.list().map(operatorJson) }),
    },
    {
      method: 'POST',
      path: '/operators',
      access: 'operators:write',
      handle: async (call) => {
        const role = roleIn(call)
        const credentials = {
          email: textIn(call, 'email', 254),
          password: textIn(call, 'password'),
        }
        const access = accessOf(services)
        const operator = await access.addOperator(credentials, role)
        await record('operator.added', operator, call, services)
        return Response.json(operatorJson(operator), { status: 201 })
      },
    },
    {
      method: 'PATCH',
      path: '/operators/:id',
      access: 'operators:write',
      handle: async (call) => {
        const access = accessOf(services)
        if (call.body['role'] === undefined) {
          const operator = await access.setPassword(call.id, textIn(call, 'password'))
          await record('operator.changed', operator, call, services, 'password')
          return Response.json(operatorJson(operator))
        }
        const operator = access.operators.setRole(call.id, roleIn(call))
        await record('operator.changed', operator, call, services, 'role')
        return Response.json(operatorJson(operator))
      },
    },
    {
      method: 'DELETE',
      path: '/operators/:id',
      access: 'operators:write',
      handle: async (call) => {
        const operator = accessOf(services).operators.remove(call.id)
        await record('operator.removed', operator, call, services)
        return noContent()
      },
    },
  ]
}

async function record(
  type: string,
  { id, email, role }: Operator,
  call: OperatorCall,
  services: OperatorServices,
  what?: 'role' | 'password',
): Promise<void> {
  const fields = { operator: { id, email, role }, ...(what && { changed: what }) }
  await recordDone(type, fields, call, services.deps)
}

function roleIn(call: OperatorCall): Role {
  const role = roles.find((one) => one === call.body['role'])
  if (role === undefined)
    throw new ControlRequestError(`"role" must be one of ${roles.join(', ')}.`)
  return role
}

function operatorJson({ created, ...operator }: Operator): object {
  return { ...operator, created: new Date(created).toISOString() }
}
