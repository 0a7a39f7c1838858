import { setImmediate as turn } from 'node:timers/promises'
import type { AuditStore } from '@keeptrusts/audit-store'
import type { Config, Engine } from '@keeptrusts/core'
import { KeeptrustsError } from '@keeptrusts/core'
import { changedPaths } from '../audit/changed-paths.ts'
import type { ReloadCause } from '../audit/gateway-events.ts'
import { configChangedEvent, reloadFailedEvent } from '../audit/gateway-events.ts'
import { ControlRequestError } from '../control/control-error.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import { errorFields } from '../log/log.ts'
import { warmUp } from '../warm-up.ts'
import { isSameTls } from './carry-targets.ts'
import { probeGeneration } from './create-generation.ts'
import type { LiveGateway } from './live-gateway.ts'
import type { ReloadFailure } from './reload-failure.ts'
import { reloadFailure } from './reload-failure.ts'
import { refuseRestartOnly } from './restart-only.ts'

export interface ReloaderOptions {
  readonly gateway: {
    readonly live: LiveGateway
    /** A generation that decides nothing yet. Throws `KeeptrustsError`: `tls-file-invalid`, `proxy-invalid`. */
    next(config: Config, engine: Engine): GatewayDeps
  }
  /** `null` with `audit_store: {kind: none}`. */
  readonly store: AuditStore | null
  /** Reads the same files as at the start, with the same plug-ins and flags; `null` when there are none to read again. */
  readonly loadConfig: (() => Promise<Config>) | null
  /** Throws `KeeptrustsError` `policy-secret-missing`. */
  readonly compile: (config: Config) => Engine
  /** What deserves a look in a configuration, a sentence each. */
  readonly warningsOf: (deps: GatewayDeps) => readonly string[]
}

/** What came of a reload. */
export interface ReloadResult {
  readonly changed: boolean
  /** Of the configuration that decides now. */
  readonly hash: string
  /** Of the one that decided before; the same when nothing changed. */
  readonly previous: string
  /** Since when it decides, UTC RFC 3339. */
  readonly since: string
  /** Where the two differ, as `policy.pii-detector.action`. */
  readonly paths: readonly string[]
  /** What the new configuration should be looked at for. */
  readonly warnings: readonly string[]
}

/** Failures of the watch that come sooner after one that was recorded are not. */
const typingMs = 10_000

/** Puts new configurations in place of old ones: as a whole or not at all, one after the other, and without a call noticing. */
export class Reloader {
  readonly #options: ReloaderOptions
  #work: Promise<unknown> = Promise.resolve()
  #closed = false
  #lastFailure: ReloadFailure | null = null
  /** When a failure was recorded, milliseconds since the epoch. */
  #recorded = Number.NEGATIVE_INFINITY

  constructor(options: ReloaderOptions) {
    this.#options = options
  }

  /** Why the newest reload changed nothing; `null` after one that succeeded. */
  get lastFailure(): ReloadFailure | null {
    return this.#lastFailure
  }

  /**
   * Reads the configuration again; calls that begin after this has resolved are judged by it. Whoever asks while another reload is under
   * way gets a read of the files of their own, after it. Throws, and changes nothing, for every error that would keep a gateway from
   * starting: `ConfigError` with all problems, `KeeptrustsError`, `restart-required` among them.
   */
  reload(cause: ReloadCause): Promise<ReloadResult> {
    const result = this.#work.then(() => this.#attempt(cause))
    this.#work = result.catch(() => {})
    return result
  }

  /** Lets the reload under way end, and refuses others. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#work
  }

  async #attempt(cause: ReloadCause): Promise<ReloadResult> {
    const { loadConfig } = this.#options
    if (this.#closed) throw new ControlRequestError('The gateway is stopping.', 503)
    if (loadConfig === null)
      throw new ControlRequestError('This gateway has no files to read again.', 409)
    try {
      const result = await this.#replace(await loadConfig(), cause)
      this.#lastFailure = null
      return result
    } catch (error) {
      await this.#failed(error, cause)
      throw error
    }
  }

  async #failed(error: unknown, cause: ReloadCause): Promise<void> {
    const deps = this.#options.gateway.live.current()
    const failure = reloadFailure(error, deps.now())
    const previous = this.#recorded
    this.#lastFailure = failure
    deps.log.warn('config.reload_failed', {
      ...(!KeeptrustsError.isInstance(error) && errorFields(error)),
      code: failure.codes.join(' '),
      ...(failure.where !== null && { path: failure.where }),
      message: 'The configuration before goes on. kt gateway reload lists every problem.',
    })
    // Somebody who is typing saves many half-done files: the log of the process says each, the audit log one of them.
    const isTyping = cause.trigger === 'file_watch' && failure.at - previous < typingMs
    if (isTyping) return
    this.#recorded = failure.at
    await this.#record(reloadFailedEvent(deps, failure, cause))
  }

  async #replace(config: Config, cause: ReloadCause): Promise<ReloadResult> {
    const { gateway, store, compile, warningsOf } = this.#options
    const before = gateway.live.current()
    const isSame = config.hash === before.config.hash
    if (isSame && !config.targets.some(({ tls }) => tls)) return unchanged(before)
    refuseRestartOnly(before.config, config)
    // Reading and compiling take some milliseconds each: calls get their turn in between.
    await turn()
    const engine = isSame ? before.engine : compile(config)
    await turn()
    const next = gateway.next(config, engine)
    const paths = [
      ...changedPaths(JSON.parse(before.config.canonical), JSON.parse(config.canonical)),
      ...renewedCertificates(before, next),
    ]
    if (paths.length === 0) return unchanged(before)
    await warmUp(engine)
    await next.callbacks?.load()
    // Before the first call that it decides about: no record may name a configuration that the log does not hold.
    await store?.rememberConfig(config.hash, config.canonical)
    await store?.append(configChangedEvent(next, { from: before.config.hash, paths }, cause))
    gateway.live.swap(next)
    next.callbacks?.start()
    void probeGeneration(next)
    const known = new Set(warningsOf(before))
    const warnings = warningsOf(next).filter((message) => !known.has(message))
    for (const message of warnings) next.log.warn('config.warning', { message })
    next.log.info('config.changed', { config_hash: config.hash, count: paths.length })
    return { ...unchanged(next), changed: true, previous: before.config.hash, paths, warnings }
  }

  /** That nothing changed is true with or without its record. */
  async #record(event: ReturnType<typeof reloadFailedEvent>): Promise<void> {
    const { gateway, store } = this.#options
    await store?.append(event).catch((error: unknown) => {
      gateway.live.current().log.warn('audit.append_failed', errorFields(error))
    })
  }
}

function unchanged({ config: { hash }, since }: GatewayDeps): ReloadResult {
  const facts = { hash, previous: hash, since: new Date(since).toISOString() }
  return { changed: false, ...facts, paths: [], warnings: [] }
}

/** The files of a target can change without the configuration that names them. */
function renewedCertificates(before: GatewayDeps, after: GatewayDeps): readonly string[] {
  return after.targets
    .filter(({ tls, id }) => {
      const known = before.targets.find((target) => target.id === id)
      return known !== undefined && !isSameTls(tls, known.tls)
    })
    .map(({ path }) => `${path}.tls`)
}
