import { shownToken } from '@keeptrusts/access'
import type { Context } from 'hono'
import { ControlRequestError } from '../control/control-error.ts'
import type { OperatorParts } from './operator-parts.ts'
import { accessOf, currentOf } from './operator-parts.ts'
import { recordOperator } from './operator-record.ts'
import { numberField, readFields, textField, textsField } from './request-fields.ts'
import type { Caller, OperatorRoute } from './route.ts'

const dayMs = 24 * 60 * 60 * 1000

/** API tokens: one's own, and everybody's for whom `operators:write` is allowed. */
export function tokenRoutes(parts: OperatorParts): readonly OperatorRoute[] {
  return [
    {
      ...{ method: 'GET', path: '/auth/tokens', needs: 'tokens:write' },
      answer: (c, caller) => {
        const whose = maySeeAll(caller) ? undefined : caller.operator?.id
        return c.json({ tokens: accessOf(parts).tokens.list(whose).map(shownToken) })
      },
    },
    {
      ...{ method: 'POST', path: '/auth/tokens', needs: 'tokens:write' },
      answer: (c, caller) => create(parts, c, caller),
    },
    {
      ...{ method: 'DELETE', path: '/auth/tokens/:id', needs: 'tokens:write' },
      answer: (c, caller) => revoke(parts, c, caller),
    },
  ]
}

async function create(parts: OperatorParts, c: Context, caller: Caller): Promise<Response> {
  const { operator } = caller
  if (operator === null)
    throw new ControlRequestError(
      'A token belongs to an operator: sign in with kt auth login.',
      409,
    )
  const fields = await readFields(c, ['name', 'scopes', 'expires_in_days'])
  const scopes = textsField(fields, 'scopes')
  const beyond = scopes.find((scope) => !caller.permissions.some((one) => one === scope))
  // A token must not make one that may more than itself.
  if (beyond !== undefined)
    throw new ControlRequestError('A scope is unknown, or not one of your own.', 403)
  const days = numberField(fields, 'expires_in_days', { least: 1, most: 366 })
  const { tokens } = accessOf(parts)
  const name = textField(fields, 'name')
  const expires = currentOf(parts).now() + days * dayMs
  const { token, secret } = tokens.create({ operator, name, scopes, expires })
  try {
    const made = { token: token.id, name, scopes: [...token.scopes] }
    await recordOperator(currentOf(parts), 'token.created', { caller, fields: made })
  } catch (error) {
    // A token that the log does not know of must not work.
    tokens.revoke(token.id)
    throw error
  }
  return c.json({ ...shownToken(token), token: secret }, 201)
}

async function revoke(parts: OperatorParts, c: Context, caller: Caller): Promise<Response> {
  const { tokens } = accessOf(parts)
  const id = c.req.param('id') ?? ''
  const found = tokens.byId(id)
  const isOurs = found !== null && (maySeeAll(caller) || found.operator === caller.operator?.id)
  if (!isOurs) throw new ControlRequestError('There is no API token of this id.', 404)
  tokens.revoke(id)
  const fields = { token: id, owner: found.operator }
  await recordOperator(currentOf(parts), 'token.revoked', { caller, fields })
  return c.body(null, 204)
}

function maySeeAll({ permissions }: Caller): boolean {
  return permissions.includes('operators:write')
}
