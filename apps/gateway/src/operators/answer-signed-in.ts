import type { SignedIn } from '@keeptrusts/access'
import type { Context } from 'hono'
import type { OperatorParts } from './operator-parts.ts'
import { accessOf, currentOf } from './operator-parts.ts'
import { recordOperator } from './operator-record.ts'
import type { Caller } from './route.ts'

/** Records a sign-in, then shows its token, once. */
export async function answerSignedIn(
  parts: OperatorParts,
  c: Context,
  { caller, signedIn, via }: { caller: Caller; signedIn: SignedIn; via: 'password' | 'oidc' },
): Promise<Response> {
  const { operator, token, expires } = signedIn
  try {
    const who = { ...caller, operator, kind: 'session' as const }
    await recordOperator(currentOf(parts), 'auth.login', { caller: who, fields: { method: via } })
  } catch (error) {
    // A session that the log does not know of must not work.
    accessOf(parts).revokeSession(token)
    throw error
  }
  const { id, email, role } = operator
  const times = { expires: new Date(expires).toISOString() }
  return c.json({ token, operator: { id, email, role }, ...times })
}
