import { Histogram } from './histogram.ts'

/** How calls end, for `keeptrusts_gateway_requests_total`. */
export const callOutcomes = ['allow', 'redact', 'block', 'error', 'aborted', 'refused'] as const

/** `aborted`: left before its end. `refused`: not taken at all, for lack of room or during a stop. */
export type CallOutcome = (typeof callOutcomes)[number]

/** What is counted while the gateway runs; everything else that metrics show is asked for when they are read. */
export class GatewayMetrics {
  readonly #outcomes = new Map<CallOutcome, number>(callOutcomes.map((name) => [name, 0]))
  /** Seconds that the gateway itself took per call until the head of its answer went out. */
  readonly overhead = new Histogram([
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
  ])
  /** Seconds until a record was durable. */
  readonly append = new Histogram([
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2,
  ])

  /** Counts a call. */
  count(outcome: CallOutcome): void {
    this.#outcomes.set(outcome, this.outcome(outcome) + 1)
  }

  /** How many calls ended so. */
  outcome(outcome: CallOutcome): number {
    return this.#outcomes.get(outcome) ?? 0
  }
}
