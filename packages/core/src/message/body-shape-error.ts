import { KeeptrustsError } from '../errors/keeptrusts-error.ts'

/** A request body that is JSON, but not the shape its endpoint takes. Holds none of its text. */
export class BodyShapeError extends KeeptrustsError {
  declare readonly code: 'validation_error'
  /** Address of the wrong value, as in `messages[2].role`; `null` for the body itself. */
  readonly param: string | null

  /** `expected` completes the sentence `<param> must be …`. */
  constructor(param: string | null, expected: string) {
    super({
      code: 'validation_error',
      message: `${param ?? 'The body'} must be ${expected}`,
      suggestion: 'Send the body in the shape that the OpenAI API has for this endpoint.',
    })
    this.param = param
  }
}
