import type { Config, MlflowCallback } from '@keeptrusts/core'
import type { EndedCall } from '../../audit/ended-call.ts'
import { Cancellation } from '../../call/cancellation.ts'
import type { LogFields } from '../../log/log.ts'
import type { ConfigPlace } from '../../providers/config-place.ts'
import { placeText } from '../../providers/config-place.ts'
import { certificateWarnings } from '../../providers/credentials/certificate-warnings.ts'
import type { CertificateExpiry } from '../../providers/credentials/load-tls.ts'
import { loadTls } from '../../providers/credentials/load-tls.ts'
import type { TlsMaterial } from '../../transport/tls-material.ts'
import type { Callback, CallbackDeps, CallbackStatus } from '../callback.ts'
import { Experiment } from './experiment.ts'
import type { RunFacts } from './governance-run.ts'
import { RunReporter } from './run-reporter.ts'
import { StateLog } from './state-log.ts'
import { TraceSender, tracesPath } from './trace-sender.ts'
import { TrackingClient } from './tracking-client.ts'
import { trackingCredentials } from './tracking-credentials.ts'
import { explainFailure } from './tracking-failure.ts'

/** Reports to an MLflow tracking server: counts into a run, and a trace of each call. */
export class MlflowReporter implements Callback {
  readonly #server: string
  readonly #runs: RunReporter
  readonly #traces: TraceSender | null
  readonly #about: LogFields
  readonly #signIn: { readonly missing: readonly string[]; readonly place: string }
  readonly #certificates: readonly CertificateExpiry[]
  readonly #deps: CallbackDeps
  /** Fires when the time of a stop is over. */
  readonly #cancellation = new Cancellation()

  constructor(callback: MlflowCallback, index: number, deps: CallbackDeps) {
    this.#deps = deps
    this.#server = new URL(callback.tracking_uri).host
    this.#about = { kind: callback.type, url: callback.tracking_uri }
    const place = { path: `callbacks[${index}]`, position: callback.position }
    const { material: tls, expiries } = loadTls(callback.tls, place)
    this.#certificates = expiries
    const parts = { cancellation: this.#cancellation, server: this.#server, tls, place }
    const shared = sharedParts(callback, deps, parts)
    this.#signIn = { missing: shared.missing, place: placeText(place) }
    const states = new StateLog(deps.log, this.#about)
    const traceStates = new StateLog(deps.log, { ...this.#about, path: tracesPath })
    this.#traces = callback.traces
      ? new TraceSender({
          ...shared,
          version: deps.version,
          queueSize: callback.queue_size,
          failed: (error) => traceStates.failed(error, shared.explain(error)),
          states: traceStates,
          unavailable: ({ status }) => this.#tracesOff(status),
        })
      : null
    this.#runs = new RunReporter({
      ...shared,
      facts: runFacts(callback, deps),
      rotateMs: callback.rotate_hours * 3_600_000,
      dropped: () => this.#traces?.dropped ?? 0,
      failed: (error) => states.failed(error, shared.explain(error)),
      states,
      opened: (run_id) => deps.log.info('callback.run', { ...this.#about, run_id }),
    })
  }

  observe(call: EndedCall): void {
    this.#runs.observe(call)
    this.#traces?.observe(call)
  }

  async load(): Promise<void> {
    await this.#traces?.load()
  }

  start(): void {
    this.#runs.start()
    this.#traces?.start()
  }

  async stop(limitMs: number): Promise<void> {
    // The loops are told first that the time is over: a request that then fails is not repeated.
    const stopping = Promise.all([this.#runs.stop(limitMs), this.#traces?.stop(limitMs)])
    const timer = setTimeout(() => this.#cancellation.cancel('shutdown'), limitMs)
    await stopping
    clearTimeout(timer)
    const count = this.#traces?.waiting ?? 0
    if (count > 0) this.#deps.log.warn('callback.left_behind', { ...this.#about, count })
  }

  warnings(): readonly string[] {
    const { missing, place } = this.#signIn
    const certificates = certificateWarnings(this.#certificates, this.#deps.now())
    if (missing.length === 0) return certificates
    return [
      ...certificates,
      `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set: reports to ${this.#server}, ${place}, go without credentials. Set it and restart the gateway.`,
    ]
  }

  #tracesOff(status: number | null): void {
    const message = `The tracking server ${this.#server} takes no traces: that needs MLflow 3.6 or newer with a database. Counts go on.`
    const { log } = this.#deps
    log.warn('callback.traces_off', { ...this.#about, ...(status && { status }), message })
  }

  status(): CallbackStatus {
    const { state, runId, reportedAt } = this.#runs
    return {
      type: 'mlflow',
      server: this.#server,
      state,
      traces: this.#traces?.state ?? 'off',
      run_id: runId,
      reported_at: reportedAt === null ? null : new Date(reportedAt).toISOString(),
      waiting: this.#traces?.waiting ?? 0,
      dropped: this.#traces?.dropped ?? 0,
    }
  }
}

interface Parts {
  readonly cancellation: Cancellation
  readonly server: string
  readonly tls: TlsMaterial | undefined
  readonly place: ConfigPlace
}

/** What counts and traces go through alike. */
function sharedParts(
  callback: MlflowCallback,
  deps: CallbackDeps,
  { cancellation, server, tls, place }: Parts,
) {
  const { env, transport, pace, now } = deps
  const { tracking_uri: trackingUri, experiment: name, flush_seconds } = callback
  const owner = `the tracking server ${server}`
  const signIn = { env, transport, now, tls, owner, place }
  const { credentials, variables } = trackingCredentials(callback, signIn)
  const { requestMs } = pace
  const options = { trackingUri, credentials, tls, transport, requestMs, cancellation, now }
  const client = new TrackingClient(options)
  const subject = { server, experiment: name, variables }
  return {
    client,
    experiment: new Experiment(client, name),
    flushMs: flush_seconds * 1000,
    pace,
    now,
    missing: credentials.missing,
    explain: (error: unknown) => explainFailure(error, subject),
  }
}

/** More than older servers take in one value. */
const longestValue = 500

function runFacts(callback: MlflowCallback, { config, version, boot }: CallbackDeps): RunFacts {
  return {
    name: callback.run_name,
    tags: {
      'mlflow.source.name': 'keeptrusts',
      'mlflow.user': 'gateway',
      'keeptrusts.version': version,
      'keeptrusts.config_hash': config.hash,
      'keeptrusts.boot': boot,
    },
    params: params(config),
  }
}

function params({ chain, pack, targets }: Config): RunFacts['params'] {
  const values = {
    gateway: 'keeptrusts',
    policies: chain.map(({ kind }) => kind).join(','),
    pack: `${pack.name}@${pack.version}`,
    targets: targets.map(({ id }) => id).join(','),
  }
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, value.slice(0, longestValue) || 'none']),
  )
}
