import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Waits for the wish to stop. */
export interface StopSignal {
  /** Resolves at the first signal; the second one ends the process at once. */
  readonly signalled: Promise<void>
  /** Gives the signals their usual meaning back. */
  dispose(): void
}

/** Listens for Ctrl-C, SIGTERM and the end of the terminal from now on, also while the gateway still starts. */
export function untilStopped(): StopSignal {
  let handler: (signal: NodeJS.Signals) => void = () => {}
  const signalled = new Promise<void>((resolve) => {
    let asked = false
    handler = (signal) => {
      if (asked) process.exit(128 + constants.signals[signal])
      asked = true
      resolve()
    }
  })
  for (const signal of SIGNALS) process.on(signal, handler)
  return {
    signalled,
    dispose: () => {
      for (const signal of SIGNALS) process.off(signal, handler)
    },
  }
}
