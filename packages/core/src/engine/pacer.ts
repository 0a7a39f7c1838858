/** Lets other work of the process run between the parts of a long evaluation (decision S5). */
export interface Pacer {
  /** True when the budget of this turn of the event loop is used up: then `await pacer.yield()`. */
  due(): boolean
  yield(): Promise<void>
  /** Waits for somebody else's answer; the time counts as away. */
  wait<Result>(answer: Promise<Result>): Promise<Result>
  /** Milliseconds spent away, so that they are not counted as a policy's own. */
  readonly away: number
  /** Milliseconds of them spent waiting for somebody else's answer. */
  readonly waited: number
}

/** Milliseconds of one turn of the event loop; a longer evaluation lets others run in between (decision S5). */
export const turnMs = 8

/** A pacer for one evaluation; its first turn starts now. */
export function createPacer(): Pacer {
  let turn = performance.now()
  let away = 0
  let waited = 0
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
    get waited() {
      return waited
    },
    due: () => performance.now() - turn >= turnMs,
    yield: () => leave(new Promise<void>((resolve) => later(resolve))),
    wait: async (answer) => {
      const before = away
      try {
        return await leave(answer)
      } finally {
        waited += away - before
      }
    },
  }
}

/** After pending I/O where the runtime can say that, else after a timer. */
function later(resume: () => void): void {
  if (typeof setImmediate === 'function') setImmediate(resume)
  else setTimeout(resume, 0)
}
