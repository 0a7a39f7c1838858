export interface CliErrorOptions {
  /** From the error table of core. */
  readonly code: string
  /** What happened, one sentence. */
  readonly message: string
  /** A file, flag, address or line. */
  readonly where?: string
  /** How to fix it; the table's remedy when absent. */
  readonly suggestion?: string
  /** The table's exit code when absent. */
  readonly exit?: number
}

/** What ends a command on purpose. The table of core knows the exit code and the default remedy of its code. */
export class CliError extends Error {
  readonly code: string
  readonly where: string | undefined
  readonly suggestion: string | undefined
  readonly exit: number | undefined

  constructor(options: CliErrorOptions) {
    super(options.message)
    this.name = 'CliError'
    this.code = options.code
    this.where = options.where
    this.suggestion = options.suggestion
    this.exit = options.exit
  }
}
