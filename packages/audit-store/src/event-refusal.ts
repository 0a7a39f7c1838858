/** An event holds something that the log cannot keep. It stays inside this package, so that the worker thread need not load core. */
export class EventRefusal extends Error {
  /** Where, never what; empty for the event as a whole. */
  readonly path: string
  readonly problem: string

  constructor(path: string, problem: string) {
    super(`${path === '' ? 'The event' : `"${path}"`} ${problem}`)
    this.name = 'EventRefusal'
    this.path = path
    this.problem = problem
  }
}
