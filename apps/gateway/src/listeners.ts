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
import type { Reloader } from './reload/reloader.ts'

interface ListenersOptions {
  readonly gateway: Gateway
  readonly reloader: Reloader
  readonly store: AuditStore | null
  readonly listen: ListenAddress
  readonly adminListen: ListenAddress | undefined
  /** The folder that holds the control socket. */
  readonly controlDir: string
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
  /** Drops what is still connected. */
  close(): Promise<void>
}

/** Listens for calls, for monitoring and for `kt`; on all of them or, when one throws, on none. Throws what `listen` and `listenForControl` throw. */
export async function openListeners(options: ListenersOptions): Promise<Listeners> {
  const { gateway, adminListen, log } = options
  const opened: { close(): Promise<void> }[] = []
  const keep = <Opened extends { close(): Promise<void> }>(listener: Opened): Opened => {
    opened.push(listener)
    return listener
  }
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((listener) => listener.close()))
  }
  const onRejected = (): void => gateway.deps.status.reject()
  try {
    const calls = keep(await listen(gateway.app, options.listen, { onRejected }))
    const flag = '--admin-listen'
    const admin = adminListen && keep(await listen(adminApp(gateway), adminListen, { flag }))
    const control = await openControl(options, calls.url)
    if (control !== null) keep(control)
    else log.warn('gateway.warning', { message: taken(options.controlDir) })
    return { calls, admin: admin ?? null, control, close }
  } catch (error) {
    await close()
    throw error
  }
}

function openControl(options: ListenersOptions, url: string): Promise<ControlServer | null> {
  const { gateway, reloader, store, controlDir } = options
  const { live, metrics } = gateway
  const app = controlApp({ live, reloader, store, url, metrics })
  return listenForControl(app, controlPath(controlDir), { holdsLease: store !== null })
}

function taken(folder: string): string {
  return `Another gateway has the control socket of ${folder}: kt gateway status asks that one. Give each its own data folder.`
}
