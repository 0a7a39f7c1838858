/** Work on a long text that can be interrupted between its parts; what it returns does not depend on that. */
export type Steps<Result> = Generator<void, Result, void>

/** Does the work without interruption. */
export function finishSteps<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
