import { openAuditReader } from '@keeptrusts/audit-store'
import { CliError } from '../errors/cli-error.ts'
import { toFailure } from '../errors/to-failure.ts'
import type { LogPlace } from './open-reader.ts'
import { logPlace } from './open-reader.ts'

/**
 * The place of a log that is there: a command that changes a log never makes one. Throws the errors of the store; of a log that is
 * missing a `CliError` that is a failure, which it is not for commands that only read.
 */
export function requireLog(dataDir: string | undefined): LogPlace {
  const place = logPlace(dataDir)
  try {
    openAuditReader({ dir: place.dir }).close()
  } catch (error) {
    const { code, message, suggestion } = toFailure(error)
    if (code !== 'store-missing') throw error
    throw new CliError({ code, message, exit: 1, ...(suggestion !== undefined && { suggestion }) })
  }
  return place
}
