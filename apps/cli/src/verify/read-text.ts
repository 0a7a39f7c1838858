import { readFileSync } from 'node:fs'
import { CliError } from '../errors/cli-error.ts'
import { couldNotCheck } from './unchecked.ts'

/** Reads a file that a flag names. Throws `CliError`. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw new CliError({
      code: isMissing ? 'file-not-found' : 'file-unreadable',
      message: isMissing ? 'There is no such file.' : 'The file cannot be read.',
      where: path,
      exit: couldNotCheck,
    })
  }
}
