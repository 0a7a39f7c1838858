/** One point of a metric. */
export interface TrackedMetric {
  readonly key: string
  readonly value: number
  /** Milliseconds since the epoch. */
  readonly timestamp: number
  readonly step: number
}

/** A run as the fake tracking server keeps it. */
export interface TrackedRun {
  readonly id: string
  readonly experimentId: string
  readonly name: string
  status: string
  readonly startTime: number
  endTime: number | null
  readonly tags: Map<string, string>
  readonly params: Map<string, string>
  /** As they came; the same point again is kept once, as a SQL store does. */
  readonly metrics: TrackedMetric[]
}
