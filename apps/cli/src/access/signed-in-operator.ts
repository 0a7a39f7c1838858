import type { Operator } from '@keeptrusts/access'
import { currentToken, sessionOf } from '../auth/current-session.ts'
import { CliError } from '../errors/cli-error.ts'
import type { LocalPaths } from '../local-paths.ts'

/** Who is signed in to the gateway of this machine. Throws `CliError`: `not-logged-in`, `session-expired`. */
export async function signedInOperator(paths: LocalPaths): Promise<Operator> {
  const token = currentToken(paths)
  if (token !== null) return (await sessionOf(token)).operator
  throw new CliError({
    code: 'not-logged-in',
    message: 'An API token belongs to an operator, and nobody is signed in.',
    suggestion: 'Run kt auth login first.',
  })
}
