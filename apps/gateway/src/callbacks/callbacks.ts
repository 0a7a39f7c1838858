import type { EndedCall } from '../audit/ended-call.ts'
import { errorFields } from '../log/log.ts'
import type { Callback, CallbackDeps, CallbackStatus } from './callback.ts'
import { MlflowReporter } from './mlflow/mlflow-reporter.ts'

/** All that `callbacks` names, as one. */
export class Callbacks {
  readonly #all: readonly Callback[]
  readonly #deps: CallbackDeps

  constructor(deps: CallbackDeps) {
    this.#deps = deps
    this.#all = deps.config.callbacks.map(
      (callback, index) => new MlflowReporter(callback, index, deps),
    )
  }

  /** Hands an ended call on. Never throws: what goes wrong here is not the call's affair. */
  readonly observe = (ended: EndedCall): void => {
    for (const callback of this.#all) {
      try {
        callback.observe(ended)
      } catch (error) {
        this.#deps.log.error('callback.failed', errorFields(error))
      }
    }
  }

  /** Loads code that only reporting needs, before calls are taken. */
  async load(): Promise<void> {
    await Promise.all(this.#all.map((callback) => callback.load()))
  }

  /** Begins to report; doesn't wait for any service. */
  start(): void {
    for (const callback of this.#all) callback.start()
  }

  /** Reports what is left, within the time that `pace` gives to a stop. Never throws. */
  async stop(): Promise<void> {
    await Promise.all(this.#all.map((callback) => callback.stop(this.#deps.pace.stopMs)))
  }

  /** In the order of the configuration. */
  statuses(): readonly CallbackStatus[] {
    return this.#all.map((callback) => callback.status())
  }

  /** What deserves a look at the start, a sentence each with what to do. */
  warnings(): readonly string[] {
    return this.#all.flatMap((callback) => callback.warnings())
  }
}
