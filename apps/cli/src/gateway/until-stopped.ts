import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Waits for the wish to stop. */
export interface StopSignal {
  /** Resolves at the first signal; the second one ends the process at once. */
  readonly signalled: Promise<void>
  /** What SIGHUP does where it is no wish to stop; until then it does nothing. */
  onHangUp(act: () => void): void
  /** Gives the signals their usual meaning back. */
  dispose(): void
}

/** Services take SIGHUP as the wish to read their configuration again; a process of a terminal gets it when that is closed. */
export function hangUpReloads(): boolean {
  return ![process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY)
}

/** Listens for Ctrl-C, SIGTERM and, unless `hangUpIsOther`, the end of the terminal from now on, also while the gateway still starts. */
export function untilStopped(hangUpIsOther = false): StopSignal {
  let handler: (signal: NodeJS.Signals) => void = () => {}
  let hangUp = (): void => {}
  const signalled = new Promise<void>((resolve) => {
    let asked = false
    handler = (signal) => {
      if (signal === 'SIGHUP' && hangUpIsOther) return hangUp()
      if (asked) process.exit(128 + constants.signals[signal])
      asked = true
      resolve()
    }
  })
  for (const signal of SIGNALS) process.on(signal, handler)
  return {
    signalled,
    onHangUp: (act) => {
      hangUp = act
    },
    dispose: () => {
      for (const signal of SIGNALS) process.off(signal, handler)
    },
  }
}
