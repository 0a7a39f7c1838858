import { randomUUID } from 'node:crypto'
import type { Experiment } from './experiment.ts'
import { readField, readId } from './read-field.ts'
import type { Metric } from './run-counts.ts'
import { RunCounts } from './run-counts.ts'
import type { TrackingClient } from './tracking-client.ts'
import { TrackingError } from './tracking-error.ts'

/** What every run of a gateway has: its name, tags and parameters. */
export interface RunFacts {
  readonly name: string
  readonly tags: Readonly<Record<string, string>>
  readonly params: Readonly<Record<string, string>>
}

/** The server's side of a run. */
interface Server {
  readonly client: TrackingClient
  readonly experiment: Experiment
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/**
 * One run: begins here, and counts, before the server knows of it. Every request can be repeated without harm: a run is
 * looked for by its key before it is made again, and a report keeps its step, time and values until it is accepted.
 */
export class GovernanceRun {
  readonly counts = new RunCounts()
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly #facts: RunFacts
  /** The tag that a run is found by when the answer to its making was lost. */
  readonly #key = randomUUID()
  #previous: GovernanceRun | null
  #id: string | null = null
  #asked = false
  #described = false
  #step = 0
  #report: readonly Metric[] | null = null
  #endedAt: number | null = null

  constructor(facts: RunFacts, startedAt: number, previous: GovernanceRun | null = null) {
    this.#facts = facts
    this.startedAt = startedAt
    this.#previous = previous
  }

  /** Id at the server; `null` as long as it knows of none. */
  get id(): string | null {
    return this.#id
  }

  /** True once `end` was called. */
  get ended(): boolean {
    return this.#endedAt !== null
  }

  /** Nothing is counted any more; the next delivery is the last. */
  end(at: number): void {
    this.#endedAt ??= at
  }

  /** Brings the server up to date: the run, a report that waits, what was counted since, the end. Throws `TrackingError`. */
  async deliver(server: Server): Promise<void> {
    try {
      const id = await this.#open(server)
      await this.#describe(server, id)
      if (this.#report !== null) await this.#send(server, id)
      const next = this.counts.report({ timestamp: server.now(), step: this.#step })
      if (next.length > 0) {
        this.#report = next
        await this.#send(server, id)
      }
      await this.#finish(server, id)
    } catch (error) {
      const cause = await this.#whyRefused(error, server)
      this.#giveUp(cause, server)
      throw cause
    }
  }

  /** A run in the bin takes no reports, and the server's code for that is the one for malformed reports. */
  async #whyRefused(error: unknown, { client }: Server): Promise<unknown> {
    const isRefused = error instanceof TrackingError && error.problem === 'refused'
    if (!isRefused || this.#id === null) return error
    const answer = await client.get(`runs/get?run_id=${this.#id}`).catch(() => null)
    const stage = readField(answer, 'run', 'info', 'lifecycle_stage')
    return stage === 'deleted' ? new TrackingError('gone') : error
  }

  async #open(server: Server): Promise<string> {
    if (this.#id !== null) return this.#id
    const experiment_id = await server.experiment.id()
    const found = this.#asked ? await this.#find(server, experiment_id) : null
    this.#asked = true
    const id = found ?? (await this.#create(server, experiment_id))
    if (id === null) throw new TrackingError('absent')
    this.#id = id
    this.#previous = null
    return id
  }

  async #create({ client }: Server, experiment_id: string): Promise<string | null> {
    const previous = this.#previous?.id ?? null
    const tags = {
      ...this.#facts.tags,
      'keeptrusts.run': this.#key,
      ...(previous !== null && { 'keeptrusts.previous_run': previous }),
    }
    const answer = await client.post('runs/create', {
      experiment_id,
      run_name: this.#facts.name,
      start_time: Math.floor(this.startedAt),
      tags: pairs(tags),
    })
    return readId(readField(answer, 'run', 'info', 'run_id'))
  }

  async #find({ client }: Server, experimentId: string): Promise<string | null> {
    const answer = await client.post('runs/search', {
      experiment_ids: [experimentId],
      filter: `tags.\`keeptrusts.run\` = '${this.#key}'`,
      max_results: 1,
    })
    return readId(readField(answer, 'runs', '0', 'info', 'run_id'))
  }

  /** Parameters can be written once; the same value again is accepted. */
  async #describe({ client }: Server, run_id: string): Promise<void> {
    if (this.#described) return
    await client.post('runs/log-batch', { run_id, params: pairs(this.#facts.params) })
    this.#described = true
  }

  async #send({ client }: Server, run_id: string): Promise<void> {
    await client.post('runs/log-batch', { run_id, metrics: this.#report })
    this.#report = null
    this.#step += 1
  }

  async #finish({ client }: Server, run_id: string): Promise<void> {
    if (this.#endedAt === null) return
    const end_time = Math.floor(this.#endedAt)
    await client.post('runs/update', { run_id, status: 'FINISHED', end_time })
  }

  /** A report that was refused is not tried again: the totals are in the next one. */
  #giveUp(error: unknown, { experiment }: Server): void {
    if (!(error instanceof TrackingError)) return
    if (error.problem === 'gone') {
      // Another database stands behind the address now, or the run was taken out: the counts go on in a new one.
      experiment.forget()
      this.#id = null
      this.#described = false
    }
    if (error.problem !== 'gone' && error.problem !== 'refused') return
    this.#report = null
    this.counts.forget()
  }
}

function pairs(values: Readonly<Record<string, string>>): { key: string; value: string }[] {
  return Object.entries(values).map(([key, value]) => ({ key, value }))
}
