/** Lets other work of the process run between the parts of a long evaluation (decision S5). */
export interface Pacer {
  /** True when the budget of this turn of the event loop is used up: then `await pacer.yield()`. */
  due(): boolean
  yield(): Promise<void>
  /** Waits for somebody else's answer; the time counts as away. */
  wait<Result>(answer: Promise<Result>): Promise<Result>
  /** Milliseconds spent away, so that they are not counted as a policy's own. */
  readonly away: number
}

const budget = 8

/** A pacer for one evaluation; its first turn starts now. */
export function createPacer(): Pacer {
  let turn = performance.now()
  let away = 0
  const leave = async <Result>(absence: Promise<Result>): Promise<Result> => {
    const left = performance.now()
    try {
      return await absence
    } finally {
      turn = performance.now()
      away += turn - left
    }
  }
  return {
    get away() {
      return away
    },
    due: () => performance.now() - turn >= budget,
    yield: () => leave(new Promise<void>((resolve) => later(resolve))),
    wait: leave,
  }
}

/** After pending I/O where the runtime can say that, else after a timer. */
function later(resume: () => void): void {
  if (typeof setImmediate === 'function') setImmediate(resume)
  else setTimeout(resume, 0)
}
