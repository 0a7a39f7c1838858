import { CliError } from '../errors/cli-error.ts'
import { toFailure } from '../errors/to-failure.ts'

/** Exit code of `kt events verify` when nothing was found out. */
export const couldNotCheck = 2

/** The same error, ending the command as "could not check": the exit codes of `kt events verify` say nothing else. */
export function unchecked(error: unknown): CliError {
  const { code, message, where, suggestion } = toFailure(error)
  return new CliError({
    code,
    message,
    ...(where === undefined ? {} : { where }),
    ...(suggestion === undefined ? {} : { suggestion }),
    exit: couldNotCheck,
  })
}
