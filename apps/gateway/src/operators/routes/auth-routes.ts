import type { SignedIn } from '@keeptrusts/access'
import { permissionsOf } from '@keeptrusts/access'
import { ControlRequestError } from '../../control/control-error.ts'
import { LoginGate } from '../login-gate.ts'
import { recordDone } from '../operator-events.ts'
import type { OperatorCall, OperatorRoute } from '../operator-route.ts'
import { callerOf, noContent, textIn } from '../operator-route.ts'
import type { OperatorServices } from '../operator-services.ts'

/** How operators sign in, who they are, and how they sign out. */
export function authRoutes(services: OperatorServices): readonly OperatorRoute[] {
  const gate = new LoginGate()
  return [
    {
      method: 'GET',
      path: '/auth/methods',
      access: 'public',
      handle: () => {
        const { oidc } = services.deps.config.access
        const { issuer, client_id, scopes } = oidc ?? {}
        return Response.json({ password: true, oidc: oidc ? { issuer, client_id, scopes } : null })
      },
    },
    {
      method: 'POST',
      path: '/auth/login',
      access: 'public',
      handle: async (call) => {
        const [email, password] = [textIn(call, 'email', 254), textIn(call, 'password', 1024)]
        const access = services.access()
        if (access === null || !access.hasOperators()) throw nobodyYet()
        const signedIn = await gate.through(() => access.login(email, password))
        return answerSignIn(signedIn, 'password', call, services)
      },
    },
    {
      method: 'POST',
      path: '/auth/logout',
      access: 'signed-in',
      handle: ({ bearer }) => {
        services.access()?.revokeSession(bearer)
        return noContent()
      },
    },
    {
      method: 'GET',
      path: '/auth/whoami',
      access: 'signed-in',
      handle: (call) => {
        const { operator, kind, permissions, expires } = callerOf(call)
        const { id, email, role } = operator
        const until = new Date(expires).toISOString()
        return Response.json({
          operator: { id, email, role },
          kind,
          scopes: permissions,
          expires: until,
        })
      },
    },
  ]
}

/** Records a sign-in and answers with its session. Throws `GatewayError` `audit_unavailable`: then there is no session either. */
export async function answerSignIn(
  { token, operator, expires }: SignedIn,
  method: 'password' | 'oidc',
  { address }: OperatorCall,
  services: OperatorServices,
): Promise<Response> {
  const permissions = permissionsOf[operator.role]
  const caller = { operator, kind: 'session' as const, tokenId: null, permissions, expires }
  try {
    await recordDone('auth.login', { method }, { caller, address }, services.deps)
  } catch (error) {
    services.access()?.revokeSession(token)
    throw error
  }
  const { id, email, role } = operator
  const until = new Date(expires).toISOString()
  return Response.json({ token, operator: { id, email, role }, expires: until })
}

function nobodyYet(): ControlRequestError {
  return new ControlRequestError(
    "Nobody can sign in yet: run kt auth login on the gateway's machine, which makes the first operator.",
    409,
  )
}
