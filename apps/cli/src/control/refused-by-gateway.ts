import { CliError } from '../errors/cli-error.ts'

type Answer = Readonly<Record<string, unknown>>

/** A running gateway refused what it was asked, with a reason. */
export class RefusedByGateway extends CliError {
  /** All of its answer. */
  readonly answer: Answer

  constructor(answer: Answer) {
    const { code, message, suggestion } = (answer['error'] ?? {}) as Answer
    super({
      // Problems of a configuration end every command alike, whatever the code of the first is.
      ...('issues' in answer && { exit: 78 }),
      code: typeof code === 'string' ? code : 'control-request-invalid',
      message: typeof message === 'string' ? message : 'The running gateway refused this.',
      ...(typeof suggestion === 'string' && { suggestion }),
    })
    this.answer = answer
  }
}
