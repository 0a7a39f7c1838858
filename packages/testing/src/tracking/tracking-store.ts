import { randomUUID } from 'node:crypto'
import { isObject } from '../chat/chat-body.ts'
import type { TextReply } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import type { TrackedMetric, TrackedRun } from './tracked-run.ts'

interface KeyValue {
  readonly key: string
  readonly value: string
}

/** Experiments and runs in memory, with the answers of MLflow 3.17 on a SQL store. */
export class TrackingStore {
  readonly runs: TrackedRun[] = []
  readonly #experiments = new Map<string, { id: string; stage: 'active' | 'deleted' }>()

  /** Puts an experiment into the bin, with its runs. */
  deleteExperiment(name: string): void {
    const experiment = this.#experiments.get(name)
    if (experiment) experiment.stage = 'deleted'
  }

  /** Takes an experiment out of the bin. */
  restoreExperiment(name: string): void {
    const experiment = this.#experiments.get(name)
    if (experiment) experiment.stage = 'active'
  }

  /** Forgets everything, as a server does that starts on a new database. */
  clear(): void {
    this.#experiments.clear()
    this.runs.length = 0
  }

  hasExperiment(id: string | undefined): boolean {
    return [...this.#experiments.values()].some((experiment) => experiment.id === id)
  }

  /** The answer to an address below `/api/2.0/mlflow/`; `null` when there is none. */
  answer(route: string, given: URLSearchParams | Readonly<Record<string, unknown>>): TextReply {
    const text = (name: string): string =>
      String((given instanceof URLSearchParams ? given.get(name) : given[name]) ?? '')
    const body = given instanceof URLSearchParams ? {} : given
    if (route === 'GET experiments/get-by-name') return this.#getByName(text('experiment_name'))
    if (route === 'POST experiments/create') return this.#createExperiment(text('name'))
    if (route === 'POST runs/create') return this.#createRun(body)
    if (route === 'POST runs/search') return this.#search(text('filter'))
    if (route === 'POST runs/log-batch') return this.#onRun(text('run_id'), (run) => log(run, body))
    if (route === 'POST runs/update') return this.#onRun(text('run_id'), (run) => update(run, body))
    if (route === 'GET runs/get') return this.#get(text('run_id'))
    return json(404, { detail: 'Not Found' })
  }

  #getByName(name: string): TextReply {
    const found = this.#experiments.get(name)
    if (!found) return missing(`Could not find experiment with name '${name}'`)
    const experiment = { experiment_id: found.id, name, lifecycle_stage: found.stage }
    return json(200, { experiment })
  }

  #createExperiment(name: string): TextReply {
    if (this.#experiments.has(name)) return refused('RESOURCE_ALREADY_EXISTS', name)
    const id = `${this.#experiments.size + 1}`
    this.#experiments.set(name, { id, stage: 'active' })
    return json(200, { experiment_id: id })
  }

  #createRun(body: Readonly<Record<string, unknown>>): TextReply {
    const experimentId = String(body['experiment_id'])
    if (!this.hasExperiment(experimentId)) return missing(`No Experiment with id=${experimentId}`)
    if (this.#isDeleted(experimentId)) return inactive(`The experiment ${experimentId}`)
    const run: TrackedRun = {
      id: randomUUID().replaceAll('-', ''),
      experimentId,
      name: String(body['run_name']),
      status: 'RUNNING',
      startTime: Number(body['start_time']),
      endTime: null,
      tags: new Map(pairs(body['tags']).map(({ key, value }) => [key, value])),
      params: new Map(),
      metrics: [],
    }
    this.runs.push(run)
    return json(200, { run: this.#describe(run) })
  }

  #search(filter: string): TextReply {
    const [, key, value] = /^tags\.`([^`]+)` = '([^']+)'$/.exec(filter) ?? []
    const found = this.runs.filter((run) => key !== undefined && run.tags.get(key) === value)
    return json(200, { runs: found.map((run) => this.#describe(run)) })
  }

  #get(id: string): TextReply {
    const run = this.runs.find((candidate) => candidate.id === id)
    return run ? json(200, { run: this.#describe(run) }) : missing(`Run with id=${id} not found`)
  }

  #onRun(id: string, change: (run: TrackedRun) => TextReply): TextReply {
    const run = this.runs.find((candidate) => candidate.id === id)
    if (!run) return missing(`Run with id=${id} not found`)
    return this.#isDeleted(run.experimentId) ? inactive(`The run ${id}`) : change(run)
  }

  #isDeleted(experimentId: string): boolean {
    return [...this.#experiments.values()].some(
      ({ id, stage }) => id === experimentId && stage === 'deleted',
    )
  }

  #describe({ id, experimentId, status }: TrackedRun): object {
    const lifecycle_stage = this.#isDeleted(experimentId) ? 'deleted' : 'active'
    return { info: { run_id: id, experiment_id: experimentId, status, lifecycle_stage } }
  }
}

function log(run: TrackedRun, body: Readonly<Record<string, unknown>>): TextReply {
  for (const { key, value } of pairs(body['params'])) {
    const known = run.params.get(key)
    if (known !== undefined && known !== value)
      return refused('INVALID_PARAMETER_VALUE', 'Changing param values is not allowed.')
    run.params.set(key, value)
  }
  for (const metric of (body['metrics'] ?? []) as readonly TrackedMetric[]) {
    const isSame = (known: TrackedMetric) => JSON.stringify(known) === JSON.stringify(metric)
    if (!run.metrics.some(isSame)) run.metrics.push(metric)
  }
  return json(200, {})
}

function update(run: TrackedRun, body: Readonly<Record<string, unknown>>): TextReply {
  run.status = String(body['status'])
  run.endTime = Number(body['end_time'])
  return json(200, { run_info: {} })
}

function pairs(value: unknown): readonly KeyValue[] {
  return (Array.isArray(value) ? value : []).filter(isObject) as unknown as KeyValue[]
}

function missing(message: string): TextReply {
  return json(404, { error_code: 'RESOURCE_DOES_NOT_EXIST', message })
}

function inactive(what: string): TextReply {
  const message = `${what} must be in the 'active' state. Current state is deleted.`
  return refused('INVALID_PARAMETER_VALUE', message)
}

function refused(error_code: string, message: string): TextReply {
  return json(400, { error_code, message })
}
