import type { Log, LogFields } from '../../log/log.ts'
import { errorFields } from '../../log/log.ts'
import { TrackingError } from './tracking-error.ts'

/** Log lines when the state of a delivery changes, and only then: a server that is away for a day makes one. */
export class StateLog {
  readonly #log: Log
  /** What the lines are about. */
  readonly #about: LogFields
  #last = 'ok'

  constructor(log: Log, about: LogFields) {
    this.#log = log
    this.#about = about
  }

  /** An attempt failed, for the reason that `message` gives. */
  failed(error: unknown, message: string): void {
    const known = error instanceof TrackingError
    // A server that goes down passes through several states; for the reader they are one.
    const problem = known ? error.problem.replace('busy', 'away') : 'unexpected'
    if (problem === this.#last) return
    this.#last = problem
    this.#log.warn('callback.failing', {
      ...this.#about,
      ...(known ? trackingFields(error) : errorFields(error)),
      message,
    })
  }

  /** An attempt did. */
  succeeded(): void {
    if (this.#last !== 'ok') this.#log.info('callback.recovered', this.#about)
    this.#last = 'ok'
  }
}

function trackingFields({ status, code }: TrackingError): LogFields {
  return { ...(status !== null && { status }), ...(code !== null && { code }) }
}
