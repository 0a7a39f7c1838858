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

/** Milliseconds of one turn of the event loop that evaluations take together; what takes longer lets others run in between (decision S5). */
export const turnMs = 8

/**
 * The turn of the event loop that all evaluations of the process share. With a budget for each of them, a hundred long evaluations
 * would hold the loop a hundred times as long as one.
 */
const turn = { open: false, began: 0, number: 0 }
/** Evaluations that wait for a turn of their own, first come first served. */
const waiting: (() => void)[] = []

/** The number of the turn that is open, which is opened when there is none. */
function currentTurn(): number {
  if (turn.open) return turn.number
  turn.open = true
  turn.began = performance.now()
  turn.number += 1
  later(nextTurn)
  return turn.number
}

function nextTurn(): void {
  turn.open = false
  const resume = waiting.shift()
  if (resume === undefined) return
  currentTurn()
  resume()
}

/** A pacer for one evaluation, whose work begins now. */
export function createPacer(): Pacer {
  let away = 0
  let waited = 0
  // Who comes while others wait must not go first: a flood of short evaluations would keep long ones waiting for ever.
  let granted = waiting.length === 0 ? currentTurn() : 0
  const leave = async <Result>(absence: Promise<Result>): Promise<Result> => {
    const left = performance.now()
    try {
      return await absence
    } finally {
      granted = currentTurn()
      away += performance.now() - left
    }
  }
  return {
    get away() {
      return away
    },
    get waited() {
      return waited
    },
    due: () => {
      const current = currentTurn()
      if (waiting.length > 0 && granted !== current) return true
      return performance.now() - turn.began >= turnMs
    },
    yield: () => {
      currentTurn()
      return leave(new Promise<void>((resolve) => waiting.push(resolve)))
    },
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
