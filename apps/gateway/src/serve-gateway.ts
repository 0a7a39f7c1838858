import { hash } from 'node:crypto'
import { join } from 'node:path'
import type { AnchorStatus, OpenedAuditStore, StoreState } from '@keeptrusts/audit-store'
import { keyFilesFromEnvironment, openAuditStore } from '@keeptrusts/audit-store'
import type { Config, Engine } from '@keeptrusts/core'
import { createEngine } from '@keeptrusts/core'
import { configChange } from './audit/config-change.ts'
import { configChangedEvent, startedEvent, stoppedEvent } from './audit/gateway-events.ts'
import type { Pace } from './callbacks/pace.ts'
import type { Gateway } from './create-gateway.ts'
import { createGateway } from './create-gateway.ts'
import type { GatewayDeps } from './gateway-deps.ts'
import { AccessGate } from './identity/access-gate.ts'
import type { ListenAddress } from './listen.ts'
import type { Listeners } from './listeners.ts'
import { openListeners } from './listeners.ts'
import type { Log } from './log/log.ts'
import { reloadOnChange } from './reload/reload-on-change.ts'
import { Reloader } from './reload/reloader.ts'
import { keepsContent } from './reload/restart-only.ts'
import type { FileWatch, WatchPace } from './reload/watch-files.ts'
import type { RetentionPace } from './retention/retention-keeper.ts'
import { RetentionKeeper } from './retention/retention-keeper.ts'
import { startupWarnings } from './startup-warnings.ts'
import type { ServerTlsFiles } from './tls/load-server-tls.ts'
import type { ServerTlsPace } from './tls/server-tls.ts'
import { dayOf } from './tls/server-tls.ts'
import { tlsWarnings } from './tls/tls-warnings.ts'
import { warmUp } from './warm-up.ts'

export interface ServeOptions {
  readonly config: Config
  readonly listen: ListenAddress
  /** Where monitoring asks without a token; nowhere when absent. */
  readonly adminListen?: ListenAddress
  /** Certificate and key for both addresses, read again when they change; plain HTTP when absent. */
  readonly tls?: ServerTlsFiles
  /** How often their files are looked at. */
  readonly tlsPace?: ServerTlsPace
  /**
   * Reads the configuration again, from the same files with the same plug-ins and flags, for a reload; without it there is none. Throws
   * `ConfigError` or `KeeptrustsError`.
   */
  readonly loadConfig?: () => Promise<Config>
  /** Files whose change begins a reload; needs `loadConfig`. */
  readonly watch?: readonly string[]
  /** How often they are looked at. */
  readonly watchPace?: WatchPace
  /** Holds the audit log, unless `audit_store.path` names another folder. */
  readonly dataDir: string
  /** Holds the keys of the log. */
  readonly configDir: string
  /** What a policy that throws becomes; `block` when absent. */
  readonly failMode?: 'block' | 'allow'
  /** Calls at once; 0 or absent: no limit. */
  readonly maxConcurrency?: number
  /** Where the targets' secrets, and the places of the log's keys, are read, once. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: Log
  readonly version: string
  /** Milliseconds since the epoch. */
  readonly now?: () => number
  /** How patient callbacks are. */
  readonly callbackPace?: Pace
  /** How often retention looks at the clock and for what is old. */
  readonly retentionPace?: RetentionPace
  /** Called once calls are taken. */
  readonly onReady?: (ready: ReadyGateway) => void
}

/** What is worth telling the operator about a gateway that has started. */
export interface ReadyGateway {
  /** As in `http://127.0.0.1:41002`; `https:` with `tls`. */
  readonly url: string
  /** Where `/metrics` is open; `null` without `adminListen`. */
  readonly adminUrl: string | null
  /** The day on which the certificate ends, as in `2027-02-24`; `null` without TLS. */
  readonly tlsUntil: string | null
  /** Sentences, each with what to do. */
  readonly warnings: readonly string[]
  /** The verifier key of a log that this start made; to be kept elsewhere. */
  readonly newLogKey: string | null
}

/** A gateway that takes calls. */
export interface RunningGateway extends ReadyGateway {
  readonly gateway: Gateway
  readonly reloader: Reloader
  /** Takes no more calls, lets those under way end for at most `drainMs` (30 s), records the stop and gives everything back. */
  close(options?: { readonly drainMs?: number }): Promise<void>
}

/**
 * Opens the log, starts the gateway and listens. Throws `KeeptrustsError`: `port-in-use`, `address-unavailable`,
 * `permission-denied`, `tls-file-invalid`, and what `createGateway` and opening the log throw.
 */
export async function serveGateway(options: ServeOptions): Promise<RunningGateway> {
  const store = await openStore(options)
  try {
    return await start(options, store)
  } catch (error) {
    await store?.close()
    throw error
  }
}

async function openStore(options: ServeOptions): Promise<OpenedAuditStore | null> {
  const { config, configDir, env, now } = options
  if (config.audit_store.kind === 'none') return null
  return openAuditStore({
    dir: logFolder(options),
    keysDir: join(configDir, 'keys'),
    keyFiles: keyFilesFromEnvironment(env),
    anchors: { places: config.audit_store.anchors, folder: join(configDir, 'anchors') },
    keepsContent: keepsContent(config),
    ...(now && { now }),
    onState: ({ state, reason }) => logState(options.log, state, reason),
    onAnchor: (anchor) => logAnchor(options.log, anchor),
  })
}

function logFolder({ config, dataDir }: ServeOptions): string {
  return config.audit_store.path ?? join(dataDir, 'audit')
}

/** The start, and what has changed in the configuration since the one before. */
async function recordStart(
  options: ServeOptions,
  { store, gateway, url }: { store: OpenedAuditStore; gateway: Gateway; url: string },
): Promise<void> {
  const { config } = options
  const change = configChange(logFolder(options), config)
  await store.rememberConfig(config.hash, config.canonical)
  await store.append(startedEvent(gateway.deps, url))
  if (change) await store.append(configChangedEvent(gateway.deps, change))
}

function logAnchor(log: Log, { where, error }: AnchorStatus): void {
  if (error === null) log.info('audit.anchored', { message: `Checkpoints go to ${where} again.` })
  else
    log.error('audit.unanchored', {
      message: `No checkpoint could be written to ${where}: ${error}. It is tried again; until then nobody could tell whether the newest records were cut off.`,
    })
}

/** Whoever watches the process must see that calls are refused, and why. */
function logState(log: Log, state: StoreState, reason: string | null): void {
  if (state === 'open') log.info('audit.open', { message: 'The audit log takes records again.' })
  else log.error(`audit.${state}`, { message: `The audit log takes no records: ${reason}.` })
}

async function start(
  options: ServeOptions,
  store: OpenedAuditStore | null,
): Promise<RunningGateway> {
  const { config, env, log, version, now, failMode, maxConcurrency, callbackPace } = options
  const clock = now && { now }
  const compile = (compiled: Config): Engine =>
    createEngine(compiled, {
      env,
      fingerprint: (text) => hash('sha256', text, 'base64'),
      ...(store && { audit: store }),
      ...(failMode && { failMode }),
      ...clock,
    })
  const engine = compile(config)
  const access = new AccessGate({ dir: options.dataDir, now: now ?? Date.now })
  const gateway = createGateway({
    config,
    engine,
    store,
    access,
    env,
    log,
    version,
    ...clock,
    ...(maxConcurrency && { maxConcurrency }),
    ...(callbackPace && { callbackPace }),
  })
  await warmUp(engine)
  // Before calls are taken: loading the encoder of traces would hold up the first ones.
  await gateway.deps.callbacks?.load()
  // The control socket lies where `--data-dir` of `kt events` finds the log.
  const controlDir = config.audit_store.path ?? options.dataDir
  const { listen, adminListen, tls, tlsPace, loadConfig = null } = options
  const warningsOf = (deps: GatewayDeps) => startupWarnings(deps, options)
  const reloader = new Reloader({ gateway, store, loadConfig, compile, warningsOf })
  const certificate = { ...(tls && { tls }), ...(tlsPace && { tlsPace }) }
  const places = { listen, adminListen, controlDir, log, ...certificate }
  const listeners = await openListeners({ gateway, reloader, store, ...places })
  try {
    if (store) await recordStart(options, { store, gateway, url: listeners.calls.url })
  } catch (error) {
    // A socket that stays open would keep a gateway alive that nobody can stop.
    await listeners.close()
    throw error
  }
  void gateway.probe()
  gateway.deps.callbacks?.start()
  const retention = store && startRetention(options, store)
  return announce({ options, store, gateway, reloader, listeners, retention })
}

function startRetention(
  { log, now, retentionPace }: ServeOptions,
  store: OpenedAuditStore,
): RetentionKeeper {
  const keeper = new RetentionKeeper({
    store,
    log,
    ...(now && { now }),
    ...(retentionPace && { pace: retentionPace }),
  })
  keeper.start()
  return keeper
}

interface Started {
  readonly options: ServeOptions
  readonly store: OpenedAuditStore | null
  readonly gateway: Gateway
  readonly reloader: Reloader
  readonly listeners: Listeners
  readonly retention: RetentionKeeper | null
}

function announce(started: Started): RunningGateway {
  const { options, store, gateway, reloader, listeners } = started
  const { log, config } = options
  const { tls } = listeners
  const warnings = [
    ...startupWarnings(gateway.deps, options),
    ...(tls ? tlsWarnings(tls, gateway.deps.now()) : []),
  ]
  for (const message of warnings) log.warn('gateway.warning', { message })
  const { url } = listeners.calls
  log.info('gateway.started', { url, version: options.version, config_hash: config.hash })
  const adminUrl = listeners.admin?.url ?? null
  const newLogKey = store?.created ? store.publicKey : null
  const tlsUntil = tls && dayOf(tls.current.notAfter)
  const ready = { url, adminUrl, tlsUntil, warnings, newLogKey }
  options.onReady?.(ready)
  const watching = watch(started)
  let closing: Promise<void> | undefined
  const close = ({ drainMs = 30_000 } = {}): Promise<void> => {
    watching?.close()
    closing ??= stop(started, drainMs)
    return closing
  }
  return { ...ready, gateway, reloader, close }
}

/** Not before calls are taken: a reload at the very start would come in between. */
function watch({ options, reloader }: Started): FileWatch | null {
  const { watch: files = [], watchPace: pace, log } = options
  if (files.length === 0) return null
  return reloadOnChange(files, { reloader, log, ...(pace && { pace }) })
}

async function stop(
  { options, store, gateway, reloader, listeners, retention }: Started,
  drainMs: number,
): Promise<void> {
  listeners.calls.refuseNew()
  // At once: from here on the gateway is not ready, whatever is being reloaded.
  await Promise.all([gateway.drain(drainMs), reloader.close()])
  // Before the lease is given back: the next gateway puts its own control socket there.
  await listeners.close()
  await retention?.stop()
  await gateway.deps.losses.pay()
  await store?.append(stoppedEvent(gateway.deps)).catch(() => {
    options.log.warn('gateway.stop_not_recorded')
  })
  await store?.close()
  await gateway.live.close()
  await gateway.deps.transport.close()
  gateway.deps.access?.close()
  options.log.info('gateway.stopped', { count: gateway.deps.status.processed })
}
