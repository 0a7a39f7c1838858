import { lstatSync } from 'node:fs'
import type { ControlPath } from '@keeptrusts/core/node'
import { CliError } from '../errors/cli-error.ts'

/**
 * Whether there can be a socket at a place. A folder below the one for temporary files could be somebody else's trap, to hear
 * what `kt` says to its gateway: throws `CliError` `loose-permissions` for one.
 */
export function refuseForeignFolder({ folder, apart }: ControlPath): boolean {
  if (folder === null || !apart) return true
  const found = lstatSync(folder, { throwIfNoEntry: false })
  if (!found) return false
  const ours = found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0
  if (ours) return true
  throw new CliError({
    code: 'loose-permissions',
    message: `${folder}, where the control socket of the gateway should lie, belongs to somebody else.`,
    suggestion: 'Remove it, or choose a data folder with a shorter path.',
  })
}
