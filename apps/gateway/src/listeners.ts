import type { AuditStore } from '@keeptrusts/audit-store'
import { controlPath } from '@keeptrusts/core/node'
import { adminApp } from './admin-app.ts'
import { controlApp } from './control/control-app.ts'
import type { ControlServer } from './control/control-server.ts'
import { listenForControl } from './control/control-server.ts'
import type { Gateway } from './create-gateway.ts'
import type { ListenAddress, Listening } from './listen.ts'
import { listen } from './listen.ts'
import type { Log } from './log/log.ts'
import type { OperatorDoors } from './operators/open-operators.ts'
import { openOperators } from './operators/open-operators.ts'
import type { Reloader } from './reload/reloader.ts'
import type { ServerTlsFiles } from './tls/load-server-tls.ts'
import { openServerTls } from './tls/open-server-tls.ts'
import type { ServerTls, ServerTlsPace } from './tls/server-tls.ts'

interface ListenersOptions {
  readonly gateway: Gateway
  readonly reloader: Reloader
  readonly store: AuditStore | null
  readonly listen: ListenAddress
  readonly adminListen: ListenAddress | undefined
  /** The folder that holds the control socket. */
  readonly controlDir: string
  /** Certificate and key for both addresses; plain HTTP when absent. */
  readonly tls?: ServerTlsFiles
  readonly tlsPace?: ServerTlsPace
  readonly log: Log
}

/** Everything a gateway listens on. */
export interface Listeners {
  /** Where calls are taken. */
  readonly calls: Listening
  /** Where monitoring asks; `null` without an address for it. */
  readonly admin: Listening | null
  /** `null` when another gateway has the place. */
  readonly control: ControlServer | null
  /** The certificate of both addresses; `null` without TLS. */
  readonly tls: ServerTls | null
  /** Drops what is still connected. */
  close(): Promise<void>
}

/** Listens for calls, for monitoring and for `kt`; on all of them or, when one throws, on none. Throws what `listen`, `openServerTls` and `listenForControl` throw. */
export async function openListeners(options: ListenersOptions): Promise<Listeners> {
  const { gateway, adminListen, log } = options
  const tls = openTls(options)
  const secured = tls && { tls }
  const opened: { close(): Promise<void> }[] = []
  const keep = <Opened extends { close(): Promise<void> }>(listener: Opened): Opened => {
    opened.push(listener)
    return listener
  }
  const close = async (): Promise<void> => {
    tls?.close()
    await Promise.all(opened.map((listener) => listener.close()))
  }
  const onRejected = (): void => gateway.deps.status.reject()
  const operators = keep(
    openOperators(gateway, { reloader: options.reloader, url: () => url, tls: () => tls }),
  )
  let url = ''
  try {
    gateway.app.route('/', operators.appFor(options.listen.host))
    const calls = keep(await listen(gateway.app, options.listen, { onRejected, ...secured }))
    url = calls.url
    const flag = '--admin-listen'
    const admin =
      adminListen && keep(await openAdmin(options, { operators, adminListen, flag, secured }))
    const control = await openControl(options, operators)
    if (control !== null) keep(control)
    else log.warn('gateway.warning', { message: taken(options.controlDir) })
    return { calls, admin: admin ?? null, control, tls, close }
  } catch (error) {
    await close()
    throw error
  }
}

function openTls({ gateway, store, tls, tlsPace }: ListenersOptions): ServerTls | null {
  if (tls === undefined) return null
  return openServerTls(tls, { deps: () => gateway.deps, store, ...(tlsPace && { pace: tlsPace }) })
}

interface AdminAddress {
  readonly operators: OperatorDoors
  readonly adminListen: ListenAddress
  readonly flag: string
  readonly secured: { readonly tls: ServerTls } | null
}

function openAdmin(
  { gateway }: ListenersOptions,
  { operators, adminListen, flag, secured }: AdminAddress,
): Promise<Listening> {
  return listen(adminApp(gateway, operators.appFor(adminListen.host)), adminListen, {
    flag,
    ...secured,
  })
}

function openControl(
  { gateway, store, controlDir }: ListenersOptions,
  { doorkeeper, routes }: OperatorDoors,
): Promise<ControlServer | null> {
  const app = controlApp({ live: gateway.live, store, doorkeeper, routes })
  return listenForControl(app, controlPath(controlDir), { holdsLease: store !== null })
}

function taken(folder: string): string {
  return `Another gateway has the control socket of ${folder}: kt gateway status asks that one. Give each its own data folder.`
}
