import type { AccessStore, Operator } from '@keeptrusts/access'
import { currentToken } from '../auth/current-session.ts'
import { CliError } from '../errors/cli-error.ts'
import { localPaths } from '../local-paths.ts'

/** Who is signed in to the gateway of this machine. Throws `CliError`: `not-logged-in`, `session-expired`. */
export function signedInOperator(store: AccessStore, dataDir: string | undefined): Operator {
  const token = currentToken(localPaths(dataDir))
  if (token === null)
    throw new CliError({
      code: 'not-logged-in',
      message: 'An API token belongs to an operator, and nobody is signed in.',
      suggestion: 'Run kt auth login first.',
    })
  const known = store.authenticate(token.token)
  if (known !== null) return known.operator
  throw new CliError({
    code: 'session-expired',
    message: 'The session has expired, was revoked, or belongs to another gateway.',
    suggestion: 'Run kt auth login again.',
  })
}
