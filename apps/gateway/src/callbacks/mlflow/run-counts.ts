import type { RecordableHistogram } from 'node:perf_hooks'
import { createHistogram } from 'node:perf_hooks'
import type { EndedCall } from '../../audit/ended-call.ts'

/** One point of a metric, as `runs/log-batch` takes it. */
export interface Metric {
  readonly key: string
  readonly value: number
  /** Milliseconds since the epoch. */
  readonly timestamp: number
  readonly step: number
}

/** Name of what each verdict of a policy counts as. */
const verdictMetrics: Readonly<Record<string, string>> = {
  block: 'blocked',
  redact: 'redacted',
  error: 'errors',
}

/**
 * What a run counts, in a space that does not grow with the calls: totals since the run began, and times of the calls
 * since the last report.
 */
export class RunCounts {
  readonly #totals = new Map<string, number>([
    ['requests_total', 0],
    ['requests_blocked', 0],
    ['requests_redacted', 0],
    ['requests_failed', 0],
  ])
  readonly #latency = durations()
  readonly #overhead = durations()
  #reported = new Map<string, number>()

  get calls(): number {
    return this.#totals.get('requests_total') ?? 0
  }

  /** Counts a call. */
  add(call: EndedCall): void {
    this.#count('requests_total')
    if (call.outcome === 'block') this.#count('requests_blocked')
    if (call.outcome === 'redact') this.#count('requests_redacted')
    if (call.outcome === 'error') this.#count('requests_failed')
    for (const [kind, verdict] of call.verdicts) {
      const name = verdictMetrics[verdict]
      if (name !== undefined) this.#count(`policy.${kind}.${name}`)
    }
    if (call.inputTokens > 0) this.#count('tokens_input', call.inputTokens)
    if (call.outputTokens > 0) this.#count('tokens_output', call.outputTokens)
    this.#latency.record(inRange(call.totalUs))
    if (call.overheadUs !== null) this.#overhead.record(inRange(call.overheadUs))
  }

  /** Sets a total that is counted elsewhere. */
  set(key: string, value: number): void {
    if (value > 0) this.#totals.set(key, value)
  }

  /** The points that have changed since the last report, and the times of the calls between; empty when nothing has. */
  report(at: Pick<Metric, 'timestamp' | 'step'>): readonly Metric[] {
    const changed = [...this.#totals].filter(([key, value]) => this.#reported.get(key) !== value)
    this.#reported = new Map(this.#totals)
    const points = [
      ...changed,
      ...timesOf('latency_ms', this.#latency),
      ...(this.#latency.count > 0 ? [['latency_ms_max', this.#latency.max / 1000] as const] : []),
      ...timesOf('overhead_ms', this.#overhead),
    ]
    this.#latency.reset()
    this.#overhead.reset()
    return points.map(([key, value]) => ({ key, value, ...at }))
  }

  /** The last report did not arrive and will not: the next one says every total again. */
  forget(): void {
    this.#reported.clear()
  }

  #count(key: string, by = 1): void {
    this.#totals.set(key, (this.#totals.get(key) ?? 0) + by)
  }
}

/** Microseconds up to an hour, exact to one part in a hundred. */
const longestUs = 3_600_000_000

function durations(): RecordableHistogram {
  return createHistogram({ lowest: 1, highest: longestUs, figures: 2 })
}

function inRange(us: number): number {
  return Math.min(longestUs, Math.max(1, us))
}

function timesOf(name: string, histogram: RecordableHistogram): (readonly [string, number])[] {
  if (histogram.count === 0) return []
  return [50, 95].map((p) => [`${name}_p${p}`, histogram.percentile(p) / 1000] as const)
}
