const marker = Symbol.for('keeptrusts.error')

export interface KeeptrustsErrorOptions {
  /** From the table in `error-codes.ts`. */
  readonly code: string
  readonly message: string
  /** How to fix it, one sentence. */
  readonly suggestion?: string
  readonly cause?: unknown
}

/** Base of every error we throw on purpose. `isInstance` works across two copies of the package. */
export class KeeptrustsError extends Error {
  readonly code: string
  readonly suggestion: string | undefined
  readonly [marker] = true

  constructor(options: KeeptrustsErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.code = options.code
    this.suggestion = options.suggestion
  }

  static isInstance(value: unknown): value is KeeptrustsError {
    return typeof value === 'object' && value !== null && marker in value
  }
}
