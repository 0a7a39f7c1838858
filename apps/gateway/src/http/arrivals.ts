import type { IncomingMessage } from 'node:http'

const arrivals = new WeakMap<IncomingMessage, number>()

/** Notes that a request has just arrived, before anything is done about it. */
export function noteArrival(incoming: IncomingMessage): void {
  arrivals.set(incoming, performance.now())
}

/** When a request arrived, as `performance.now()` tells it; now for one that nobody noted. */
export function arrivalOf(incoming: IncomingMessage): number {
  return arrivals.get(incoming) ?? performance.now()
}
