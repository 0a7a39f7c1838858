import { AccessError } from '@keeptrusts/access'
import type { Context } from 'hono'
import { answerSignedIn } from './answer-signed-in.ts'
import { oidcMethod, oidcRoute } from './oidc/oidc-route.ts'
import { OperatorError } from './operator-error.ts'
import type { OperatorParts } from './operator-parts.ts'
import { accessOf, currentOf } from './operator-parts.ts'
import { readFields, textField } from './request-fields.ts'
import type { Caller, OperatorRoute } from './route.ts'

/** How operators sign in and out, and learn who they are. */
export function signInRoutes(parts: OperatorParts): readonly OperatorRoute[] {
  return [
    {
      ...{ method: 'GET', path: '/auth/methods', needs: 'public' },
      answer: (c) => c.json({ password: true, oidc: oidcMethod(currentOf(parts).idTokens) }),
    },
    {
      ...{ method: 'POST', path: '/auth/login', needs: 'public' },
      answer: (c, caller) => signIn(parts, c, caller),
    },
    oidcRoute(parts),
    {
      ...{ method: 'POST', path: '/auth/logout', needs: 'session' },
      answer: (c, { bearer }) => {
        if (bearer !== null) accessOf(parts).revokeSession(bearer)
        return c.body(null, 204)
      },
    },
    {
      ...{ method: 'GET', path: '/auth/whoami', needs: 'token' },
      answer: (c, { operator, kind, permissions, expires }) =>
        c.json({
          operator: operator && { id: operator.id, email: operator.email, role: operator.role },
          ...{ kind, scopes: permissions, expires: expires && new Date(expires).toISOString() },
        }),
    },
  ]
}

async function signIn(parts: OperatorParts, c: Context, caller: Caller): Promise<Response> {
  parts.doorkeeper.countSignIn(caller)
  const fields = await readFields(c, ['email', 'password'])
  const [email, password] = [textField(fields, 'email'), textField(fields, 'password')]
  const store = parts.doorkeeper.store()
  // Without operators nobody's password is right; that there are none is nobody's business.
  if (store === null) throw refusedWithoutStore(parts, caller)
  try {
    const signedIn = await store.login(email, password)
    return await answerSignedIn(parts, c, { caller, signedIn, via: 'password' })
  } catch (error) {
    if (error instanceof AccessError) parts.doorkeeper.signInFailed(caller, error.code)
    throw error
  }
}

function refusedWithoutStore({ doorkeeper }: OperatorParts, caller: Caller): OperatorError {
  doorkeeper.signInFailed(caller, 'wrong-password')
  return new OperatorError({
    code: 'wrong-password',
    status: 401,
    message: 'The e-mail address or the password is wrong.',
    suggestion: 'Check both and try again.',
  })
}
