/** An error as the command line shows it: what happened, where, how to fix it, and the exit code. */
export interface Failure {
  readonly code: string
  readonly message: string
  readonly where?: string
  readonly suggestion?: string
  readonly exit: number
}
