import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PJSON } from '@oclif/core/interfaces'
import { run } from '@oclif/core/run'

/**
 * Runs `kt` with its arguments and sets the exit code. Every error ends here, and only here it is printed.
 */
export async function main(args: string[], pjson: PJSON): Promise<void> {
  surviveClosedPipes()
  const root = dirname(dirname(fileURLToPath(import.meta.url)))
  try {
    await run(args, { root, pjson })
  } catch (error) {
    if (isExit(error)) process.exitCode = error.oclif.exit
    else {
      const { reportFailure } = await import('./errors/report-failure.ts')
      reportFailure(error, { json: wantsJson(args) })
    }
  }
}

/** `kt events list | head -1` closes our output early: that is no error. */
function surviveClosedPipes(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit()
    throw error
  })
  // A gateway outlives the reader of its messages.
  process.stderr.on('error', () => {})
}

/** Flags may not have been parsed when the error came, so this looks at the arguments themselves. */
function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return (end === -1 ? args : args.slice(0, end)).includes('--json')
}

/** How the command framework ends a command early without an error, after printing help for instance. */
function isExit(error: unknown): error is { readonly oclif: { readonly exit: number } } {
  return error instanceof Error && 'code' in error && error.code === 'EEXIT' && 'oclif' in error
}
